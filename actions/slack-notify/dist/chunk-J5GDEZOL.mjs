import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __require = /* @__PURE__ */ ((x) => typeof require !== "undefined" ? require : typeof Proxy !== "undefined" ? new Proxy(x, {
  get: (a, b) => (typeof require !== "undefined" ? require : a)[b]
}) : x)(function(x) {
  if (typeof require !== "undefined") return require.apply(this, arguments);
  throw Error('Dynamic require of "' + x + '" is not supported');
});
var __commonJS = (cb, mod) => function __require2() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));

// actions/slack-notify/src/http/open.ts
async function openHttp(url, request) {
  const { body, ...options } = request;
  const name = url.protocol === "https:" ? "node:https" : "node:http";
  const { request: send } = process.getBuiltinModule(name);
  return await new Promise((resolve, reject) => {
    const outgoing = send(url, options);
    outgoing.once("response", resolve);
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

// actions/slack-notify/src/http/fetch.ts
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
    const answer = await openHttp(url, request);
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
  __require,
  __commonJS,
  __toESM,
  openHttp,
  lightFetch
};
