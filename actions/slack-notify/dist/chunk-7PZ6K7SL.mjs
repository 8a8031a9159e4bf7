import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

// node_modules/@actions/http-client/lib/proxy.js
function checkBypass(reqUrl) {
  if (!reqUrl.hostname) {
    return false;
  }
  const reqHost = reqUrl.hostname;
  if (isLoopbackAddress(reqHost)) {
    return true;
  }
  const noProxy = process.env["no_proxy"] || process.env["NO_PROXY"] || "";
  if (!noProxy) {
    return false;
  }
  let reqPort;
  if (reqUrl.port) {
    reqPort = Number(reqUrl.port);
  } else if (reqUrl.protocol === "http:") {
    reqPort = 80;
  } else if (reqUrl.protocol === "https:") {
    reqPort = 443;
  }
  const upperReqHosts = [reqUrl.hostname.toUpperCase()];
  if (typeof reqPort === "number") {
    upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
  }
  for (const upperNoProxyItem of noProxy.split(",").map((x) => x.trim().toUpperCase()).filter((x) => x)) {
    if (upperNoProxyItem === "*" || upperReqHosts.some((x) => x === upperNoProxyItem || x.endsWith(`.${upperNoProxyItem}`) || upperNoProxyItem.startsWith(".") && x.endsWith(`${upperNoProxyItem}`))) {
      return true;
    }
  }
  return false;
}
function isLoopbackAddress(host) {
  const hostLower = host.toLowerCase();
  return hostLower === "localhost" || hostLower.startsWith("127.") || hostLower.startsWith("[::1]") || hostLower.startsWith("[0:0:0:0:0:0:0:1]");
}

// actions/shared/src/http/proxy.ts
var ProxyFailed = class extends Error {
  name = "ProxyFailed";
  code;
  constructor(code, message, options) {
    super(message, options);
    this.code = code;
  }
};
function proxyFor(address, environment = process.env) {
  const name = address.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const given = (environment[name.toLowerCase()] || environment[name])?.trim();
  if (!given || checkBypass(address)) return void 0;
  const url = parse(given);
  if (url === void 0)
    throw new ProxyFailed(
      "PROXY_INVALID",
      `the variable ${name} names no proxy: it has to be an address such as http://proxy.example:3128`
    );
  const credentials = credentialsOf(url);
  url.username = "";
  url.password = "";
  return { url, credentials, title: `the proxy ${url.origin} (${name})` };
}
function proxyHeaders({ credentials }) {
  if (credentials === "") return {};
  return { "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}` };
}
function parse(given) {
  const url = URL.parse(given.includes("://") ? given : `http://${given}`);
  return url !== null && /^https?:$/.test(url.protocol) ? url : void 0;
}
function credentialsOf({ username, password }) {
  return username === "" && password === "" ? "" : `${decoded(username)}:${decoded(password)}`;
}
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// actions/shared/src/http/tunnel.ts
async function tunnelThrough(proxy, address, signal) {
  const port = address.port || (address.protocol === "https:" ? "443" : "80");
  const target = `${address.hostname}:${port}`;
  const { request } = process.getBuiltinModule(
    proxy.url.protocol === "https:" ? "node:https" : "node:http"
  );
  return await new Promise((resolve, reject) => {
    const outgoing = request(proxy.url, {
      method: "CONNECT",
      path: target,
      headers: { host: target, ...proxyHeaders(proxy) },
      signal,
      agent: false
    });
    outgoing.once("connect", ({ statusCode = 0, statusMessage }, socket) => {
      if (statusCode >= 200 && statusCode < 300) return resolve(socket);
      socket.destroy();
      reject(proxyRefusal(proxy, target, statusCode, statusMessage));
    });
    outgoing.once("response", (answer) => {
      answer.destroy();
      reject(proxyRefusal(proxy, target, answer.statusCode ?? 0, answer.statusMessage));
    });
    outgoing.once("error", (error) => reject(signal.aborted ? error : unreachable(proxy, error)));
    outgoing.end();
  });
}
async function tlsThrough(proxy, address, signal) {
  const socket = await tunnelThrough(proxy, address, signal);
  const name = address.hostname.replace(/^\[|\]$/g, "");
  const { connect } = process.getBuiltinModule("node:tls");
  return connect({ socket, ...isAddress(name) ? { host: name } : { servername: name } });
}
function isAddress(name) {
  return /^[\d.]+$|:/.test(name);
}
function proxyRefusal({ title, credentials }, target, status, reason = "") {
  const advice = status === 407 ? credentials === "" ? "; it wants a name and a password: http://name:password@\u2026" : "; it does not take the name and password in that variable" : "";
  const answer = `${status} ${reason}`.trim();
  return new ProxyFailed(
    `PROXY_${status}`,
    `${title} does not lead to ${target}: ${answer}${advice}`
  );
}
function unreachable({ title }, error) {
  const { code } = error;
  return new ProxyFailed(
    code ?? "PROXY_UNREACHABLE",
    `${title} cannot be reached: ${code ?? error.message}`,
    { cause: error }
  );
}

// actions/shared/src/http/open.ts
async function openHttp(address, request) {
  const proxy = request.connectTo === void 0 ? proxyFor(address) : void 0;
  if (proxy === void 0) return await send(directly(address, request), request);
  if (address.protocol === "https:") {
    const socket = await tlsThrough(proxy, address, request.signal);
    request.onConnect?.();
    const options = { ...common(address, request), createConnection: () => socket };
    return await send({ ...options, protocol: "https:" }, request);
  }
  return await sendPlainly(proxy, address, request);
}
function common(address, { method = "GET", headers, signal, path }) {
  const own = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === "host");
  return {
    method,
    path: path ?? address.pathname + address.search,
    headers: { ...own ? {} : { host: address.host }, ...headers },
    signal
  };
}
function directly(address, request) {
  const { connectTo, alone = false } = request;
  const tls = address.protocol === "https:";
  const name = address.hostname.replace(/^\[|\]$/g, "");
  return {
    ...common(address, request),
    protocol: address.protocol,
    ...connectTo ?? { host: name, port: address.port || (tls ? 443 : 80) },
    // An address is no name to ask a certificate for, but what it is judged by where the connection goes elsewhere.
    ...tls && (connectTo !== void 0 || !isAddress(name)) && { servername: name },
    ...alone && { agent: false }
  };
}
async function sendPlainly(proxy, address, request) {
  const { path, headers, ...options } = common(address, request);
  const { protocol, hostname, port } = proxy.url;
  const way = {
    ...options,
    protocol,
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port || (protocol === "https:" ? 443 : 80),
    path: `http://${address.host}${path}`,
    headers: { ...headers, ...proxyHeaders(proxy) },
    agent: false
  };
  const { onConnect: _, ...sent } = request;
  const answer = await send(way, sent).catch((error) => {
    throw request.signal.aborted ? error : unreachable(proxy, error);
  });
  if (answer.statusCode !== 407) return answer;
  answer.destroy();
  throw proxyRefusal(proxy, address.host, answer.statusCode, answer.statusMessage);
}
async function send(options, { body, onConnect }) {
  const name = options.protocol === "https:" ? "node:https" : "node:http";
  const { request } = process.getBuiltinModule(name);
  return await new Promise((resolve, reject) => {
    const outgoing = request(options);
    if (onConnect !== void 0)
      outgoing.once("socket", (socket) => {
        socket.once("connect", onConnect);
      });
    outgoing.once("response", resolve);
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

// actions/shared/src/http/fetch.ts
var mostRedirects = 5;
var longestBody = 20 * 1024 * 1024;
var lightFetch = (async (input, init = {}) => {
  const { method = "GET", body, signal, redirect = "follow" } = init;
  if (body !== void 0 && body !== null && typeof body !== "string")
    throw new TypeError("only text can be sent");
  const request = {
    method,
    headers: headersOf(init.headers, body),
    signal: signal ?? new AbortController().signal,
    ...typeof body === "string" ? { body } : {}
  };
  let url = new URL(input instanceof URL ? input : String(input));
  for (let redirects = 0; ; redirects += 1) {
    const answer = await openHttp(url, request).catch((error) => {
      throw request.signal.aborted ? request.signal.reason : error;
    });
    const { location } = answer.headers;
    const moved = isRedirect(answer) && location !== void 0;
    if (!moved || redirect === "manual") return responseOf(answer, url);
    answer.resume();
    const next = new URL(location, url);
    const follow = redirect === "follow" && method === "GET" && next.origin === url.origin;
    if (!follow || redirects >= mostRedirects)
      throw new TypeError(`${url.origin} answered with an unexpected redirect`);
    url = next;
  }
});
function headersOf(given, body) {
  const length = typeof body === "string" ? { "content-length": String(Buffer.byteLength(body)) } : {};
  return { ...given, ...length };
}
function isRedirect({ statusCode = 0 }) {
  return [301, 302, 303, 307, 308].includes(statusCode);
}
function responseOf(answer, url) {
  const headers = new Map(
    Object.entries(answer.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : value ?? ""
    ])
  );
  const status = answer.statusCode ?? 0;
  const text = () => readText(answer);
  return {
    status,
    ok: status >= 200 && status < 300,
    statusText: answer.statusMessage ?? "",
    url: url.href,
    headers: {
      get: (name) => headers.get(name.toLowerCase()) ?? null,
      entries: () => headers.entries(),
      [Symbol.iterator]: () => headers[Symbol.iterator]()
    },
    text,
    json: async () => JSON.parse(await text()),
    arrayBuffer: async () => new TextEncoder().encode(await text()).buffer
  };
}
async function readText(answer) {
  let text = "";
  for await (const chunk of answer.setEncoding("utf8")) {
    text += chunk;
    if (text.length > longestBody) throw new TypeError("the answer does not end");
  }
  return text;
}

export {
  ProxyFailed,
  openHttp,
  lightFetch
};
