import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
import {
  InvalidInput,
  NotDelivered,
  explain
} from "./chunk-2OAPSFOK.mjs";
import {
  openHttp
} from "./chunk-7PZ6K7SL.mjs";
import "./chunk-WJM6RJAM.mjs";

// actions/slack-notify/src/end-process.ts
function endProcess() {
  const lookingUp = process.getActiveResourcesInfo().includes("GetAddrInfoReqWrap");
  if (lookingUp && process.platform !== "win32")
    process.execve?.("/bin/sh", ["sh", "-c", `exit ${Number(process.exitCode ?? 0)}`], {});
  process.exit();
}

// actions/shared/src/mask.ts
function maskableParts(secret) {
  return secret.split(/\r?\n/).map((line3) => line3.trim()).filter((line3) => line3 !== "" && !line3.startsWith("-----"));
}

// node_modules/@actions/core/lib/command.js
import * as os from "os";

// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
  if (input === null || input === void 0) {
    return "";
  } else if (typeof input === "string" || input instanceof String) {
    return input;
  }
  return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
  if (!Object.keys(annotationProperties).length) {
    return {};
  }
  return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
  };
}

// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + os.EOL);
}
var CMD_STRING = "::";
var Command = class {
  constructor(command, properties, message) {
    if (!command) {
      command = "missing.command";
    }
    this.command = command;
    this.properties = properties;
    this.message = message;
  }
  toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
      cmdStr += " ";
      let first = true;
      for (const key in this.properties) {
        if (this.properties.hasOwnProperty(key)) {
          const val = this.properties[key];
          if (val) {
            if (first) {
              first = false;
            } else {
              cmdStr += ",";
            }
            cmdStr += `${key}=${escapeProperty(val)}`;
          }
        }
      }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
  }
};
function escapeData(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}

// node_modules/@actions/core/lib/file-command.js
import * as crypto from "crypto";
import * as fs from "fs";
import * as os2 from "os";
function issueFileCommand(command, message) {
  const filePath = process.env[`GITHUB_${command}`];
  if (!filePath) {
    throw new Error(`Unable to find environment variable for file command ${command}`);
  }
  if (!fs.existsSync(filePath)) {
    throw new Error(`Missing file at path: ${filePath}`);
  }
  fs.appendFileSync(filePath, `${toCommandValue(message)}${os2.EOL}`, {
    encoding: "utf8"
  });
}
function prepareKeyValueMessage(key, value) {
  const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
  const convertedValue = toCommandValue(value);
  if (key.includes(delimiter)) {
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
  }
  if (convertedValue.includes(delimiter)) {
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
  }
  return `${key}<<${delimiter}${os2.EOL}${convertedValue}${os2.EOL}${delimiter}`;
}

// node_modules/@actions/core/lib/core.js
import * as os4 from "os";

// node_modules/@actions/core/lib/summary.js
import { EOL as EOL3 } from "os";
import { constants, promises } from "fs";
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
      resolve(value);
    });
  }
  return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { access, appendFile, writeFile } = promises;
var SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
  constructor() {
    this._buffer = "";
  }
  /**
   * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
   * Also checks r/w permissions.
   *
   * @returns step summary file path
   */
  filePath() {
    return __awaiter(this, void 0, void 0, function* () {
      if (this._filePath) {
        return this._filePath;
      }
      const pathFromEnv = process.env[SUMMARY_ENV_VAR];
      if (!pathFromEnv) {
        throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
      }
      try {
        yield access(pathFromEnv, constants.R_OK | constants.W_OK);
      } catch (_a2) {
        throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
      }
      this._filePath = pathFromEnv;
      return this._filePath;
    });
  }
  /**
   * Wraps content in an HTML tag, adding any HTML attributes
   *
   * @param {string} tag HTML tag to wrap
   * @param {string | null} content content within the tag
   * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
   *
   * @returns {string} content wrapped in HTML element
   */
  wrap(tag, content, attrs = {}) {
    const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
    if (!content) {
      return `<${tag}${htmlAttrs}>`;
    }
    return `<${tag}${htmlAttrs}>${content}</${tag}>`;
  }
  /**
   * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
   *
   * @param {SummaryWriteOptions} [options] (optional) options for write operation
   *
   * @returns {Promise<Summary>} summary instance
   */
  write(options) {
    return __awaiter(this, void 0, void 0, function* () {
      const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
      const filePath = yield this.filePath();
      const writeFunc = overwrite ? writeFile : appendFile;
      yield writeFunc(filePath, this._buffer, { encoding: "utf8" });
      return this.emptyBuffer();
    });
  }
  /**
   * Clears the summary buffer and wipes the summary file
   *
   * @returns {Summary} summary instance
   */
  clear() {
    return __awaiter(this, void 0, void 0, function* () {
      return this.emptyBuffer().write({ overwrite: true });
    });
  }
  /**
   * Returns the current summary buffer as a string
   *
   * @returns {string} string of summary buffer
   */
  stringify() {
    return this._buffer;
  }
  /**
   * If the summary buffer is empty
   *
   * @returns {boolen} true if the buffer is empty
   */
  isEmptyBuffer() {
    return this._buffer.length === 0;
  }
  /**
   * Resets the summary buffer without writing to summary file
   *
   * @returns {Summary} summary instance
   */
  emptyBuffer() {
    this._buffer = "";
    return this;
  }
  /**
   * Adds raw text to the summary buffer
   *
   * @param {string} text content to add
   * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
   *
   * @returns {Summary} summary instance
   */
  addRaw(text, addEOL = false) {
    this._buffer += text;
    return addEOL ? this.addEOL() : this;
  }
  /**
   * Adds the operating system-specific end-of-line marker to the buffer
   *
   * @returns {Summary} summary instance
   */
  addEOL() {
    return this.addRaw(EOL3);
  }
  /**
   * Adds an HTML codeblock to the summary buffer
   *
   * @param {string} code content to render within fenced code block
   * @param {string} lang (optional) language to syntax highlight code
   *
   * @returns {Summary} summary instance
   */
  addCodeBlock(code, lang) {
    const attrs = Object.assign({}, lang && { lang });
    const element = this.wrap("pre", this.wrap("code", code), attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML list to the summary buffer
   *
   * @param {string[]} items list of items to render
   * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
   *
   * @returns {Summary} summary instance
   */
  addList(items, ordered = false) {
    const tag = ordered ? "ol" : "ul";
    const listItems = items.map((item) => this.wrap("li", item)).join("");
    const element = this.wrap(tag, listItems);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML table to the summary buffer
   *
   * @param {SummaryTableCell[]} rows table rows
   *
   * @returns {Summary} summary instance
   */
  addTable(rows) {
    const tableBody = rows.map((row) => {
      const cells = row.map((cell) => {
        if (typeof cell === "string") {
          return this.wrap("td", cell);
        }
        const { header, data, colspan, rowspan } = cell;
        const tag = header ? "th" : "td";
        const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
        return this.wrap(tag, data, attrs);
      }).join("");
      return this.wrap("tr", cells);
    }).join("");
    const element = this.wrap("table", tableBody);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds a collapsable HTML details element to the summary buffer
   *
   * @param {string} label text for the closed state
   * @param {string} content collapsable content
   *
   * @returns {Summary} summary instance
   */
  addDetails(label, content) {
    const element = this.wrap("details", this.wrap("summary", label) + content);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML image tag to the summary buffer
   *
   * @param {string} src path to the image you to embed
   * @param {string} alt text description of the image
   * @param {SummaryImageOptions} options (optional) addition image attributes
   *
   * @returns {Summary} summary instance
   */
  addImage(src, alt, options) {
    const { width, height } = options || {};
    const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
    const element = this.wrap("img", null, Object.assign({ src, alt }, attrs));
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML section heading element
   *
   * @param {string} text heading text
   * @param {number | string} [level=1] (optional) the heading level, default: 1
   *
   * @returns {Summary} summary instance
   */
  addHeading(text, level) {
    const tag = `h${level}`;
    const allowedTag = ["h1", "h2", "h3", "h4", "h5", "h6"].includes(tag) ? tag : "h1";
    const element = this.wrap(allowedTag, text);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML thematic break (<hr>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addSeparator() {
    const element = this.wrap("hr", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML line break (<br>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addBreak() {
    const element = this.wrap("br", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML blockquote to the summary buffer
   *
   * @param {string} text quote text
   * @param {string} cite (optional) citation url
   *
   * @returns {Summary} summary instance
   */
  addQuote(text, cite) {
    const attrs = Object.assign({}, cite && { cite });
    const element = this.wrap("blockquote", text, attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML anchor tag to the summary buffer
   *
   * @param {string} text link text/content
   * @param {string} href hyperlink
   *
   * @returns {Summary} summary instance
   */
  addLink(text, href) {
    const element = this.wrap("a", text, { href });
    return this.addRaw(element).addEOL();
  }
};
var _summary = new Summary();
var summary = _summary;

// node_modules/@actions/core/lib/platform.js
import os3 from "os";

// node_modules/@actions/io/lib/io-util.js
import * as fs2 from "fs";
var { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs2.promises;
var IS_WINDOWS = process.platform === "win32";
var READONLY = fs2.constants.O_RDONLY;

// node_modules/@actions/exec/lib/toolrunner.js
var IS_WINDOWS2 = process.platform === "win32";

// node_modules/@actions/core/lib/platform.js
var platform = os3.platform();
var arch = os3.arch();

// node_modules/@actions/core/lib/core.js
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2["Success"] = 0] = "Success";
  ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function setSecret(secret) {
  issueCommand("add-mask", {}, secret);
}
function getInput(name2, options) {
  const val = process.env[`INPUT_${name2.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options && options.required && !val) {
    throw new Error(`Input required and not supplied: ${name2}`);
  }
  if (options && options.trimWhitespace === false) {
    return val;
  }
  return val.trim();
}
function setOutput(name2, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name2, value));
  }
  process.stdout.write(os4.EOL);
  issueCommand("set-output", { name: name2 }, toCommandValue(value));
}
function setFailed(message) {
  process.exitCode = ExitCode.Failure;
  error(message);
}
function error(message, properties = {}) {
  issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
  issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
  process.stdout.write(message + os4.EOL);
}

// actions/shared/src/foreign-text.ts
var esc = String.fromCodePoint(27);
var bell = String.fromCodePoint(7);
var ansi = new RegExp(
  `${esc}\\[[0-?]*[ -/]*[@-~]|${esc}\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)`,
  "g"
);
var invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
var pictureSign = "\uFE0F";
var stackedMarks = new RegExp("(\\p{M}{3})\\p{M}+", "gu");
function plainText(text) {
  return text.toWellFormed().replaceAll(ansi, "").replaceAll(/\r\n?|[\p{Zl}\p{Zp}]/gu, "\n").replaceAll(new RegExp("(?![\\n\\t])\\p{Cc}", "gu"), "").replaceAll(invisible, (each) => each === pictureSign ? each : "").replaceAll(stackedMarks, "$1");
}
function logText(text) {
  return plainText(text).replaceAll("##[", "# #[").replaceAll(/^([^\S\n]*)::/gm, "$1| ::");
}
function summaryText(text) {
  return summaryCode(text).replaceAll("\n", "<br>");
}
function summaryCode(text) {
  return plainText(text).replaceAll(marks, (mark) => entities[mark] ?? `&#${mark.codePointAt(0)};`);
}
var entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
var marks = /[&<>`*~[\]\\|$@]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|(?<!\S)#|^[ \t]*[-+=](?=[-+=\s]|$)|(?<=^[ \t]*\d+)[.)](?=\s|$)/gmu;
function oneLine(text, limit) {
  const clean = beginning(text, limit).toWellFormed().replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").replaceAll(invisible, "").replaceAll(stackedMarks, "$1").replaceAll(/ {2,}/g, " ").trim();
  return shorten(clean, limit);
}
function logLine(text, limit) {
  const clean = beginning(text, limit).replaceAll(ansi, "").toWellFormed().replaceAll("	", "  ").replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replaceAll(invisible, "").replaceAll(stackedMarks, "$1").trimEnd();
  return shorten(clean, limit);
}
function beginning(text, limit) {
  return text.slice(0, limit * 20 + 1e3);
}
function shorten(text, limit) {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const space = cut.lastIndexOf(" ");
  const kept = space > limit * 0.7 ? cut.slice(0, space) : cut;
  return `${kept.isWellFormed() ? kept : kept.slice(0, -1)}\u2026`;
}

// actions/shared/src/runner.ts
var readInput = getInput;
function mask(secrets) {
  for (const secret of secrets) setSecret(secret);
}
function log(text) {
  info(logText(text));
}
function warn(text, title) {
  warning(logText(text), titled(title));
}
function fail(text) {
  setFailed(logText(text));
}
function setOutput2(name2, value) {
  setOutput(name2, typeof value === "string" ? plainText(value) : value);
}
async function addToSummary(parts) {
  await summary.addRaw(parts.join("")).write();
}
function titled(title) {
  return title === void 0 ? {} : { title: logText(title) };
}

// actions/shared/src/summary-page.ts
function line(text) {
  return part(`${summaryText(text)}<br>
`);
}
function part(html) {
  return html;
}

// node_modules/zod/v4/core/util.js
function getEnumValues(entries) {
  const numericValues = Object.values(entries).filter((v) => typeof v === "number");
  const values = Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
  return values;
}
function jsonStringifyReplacer(_, value) {
  if (typeof value === "bigint")
    return value.toString();
  return value;
}
var Cached = class {
  constructor(getter) {
    this._getter = getter;
    this._value = void 0;
  }
  get value() {
    const getter = this._getter;
    if (getter !== void 0) {
      this._value = getter();
      this._getter = void 0;
    }
    return this._value;
  }
};
function cached(getter) {
  return new Cached(getter);
}
function nullish(input) {
  return input === null || input === void 0;
}
function cleanRegex(source) {
  const start = source.startsWith("^") ? 1 : 0;
  const end = source.endsWith("$") ? source.length - 1 : source.length;
  return source.slice(start, end);
}
function assignProp(target, prop, value) {
  Object.defineProperty(target, prop, {
    value,
    writable: true,
    enumerable: true,
    configurable: true
  });
}
function mergeDefs(...defs) {
  const mergedDescriptors = {};
  for (const def of defs) {
    const descriptors = Object.getOwnPropertyDescriptors(def);
    Object.assign(mergedDescriptors, descriptors);
  }
  return Object.defineProperties({}, mergedDescriptors);
}
var captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {
};
function isObject(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
function isPlainObject(o) {
  if (isObject(o) === false)
    return false;
  const ctor = o.constructor;
  if (ctor === void 0)
    return true;
  if (typeof ctor !== "function")
    return true;
  const prot = ctor.prototype;
  if (isObject(prot) === false)
    return false;
  if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) {
    return false;
  }
  return true;
}
function shallowClone(o) {
  if (isPlainObject(o))
    return { ...o };
  if (Array.isArray(o))
    return [...o];
  if (o instanceof Map)
    return new Map(o);
  if (o instanceof Set)
    return new Set(o);
  return o;
}
var propertyKeyTypes = /* @__PURE__ */ new Set(["string", "number", "symbol"]);
function escapeRegex(str) {
  return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
  const cl = new inst._zod.constr(def ?? inst._zod.def);
  if (!def || params?.parent)
    cl._zod.parent = inst;
  return cl;
}
function normalizeParams(_params) {
  const params = _params;
  if (!params)
    return {};
  if (typeof params === "string")
    return { error: () => params };
  if (params?.message !== void 0) {
    if (params?.error !== void 0)
      throw new Error("Cannot specify both `message` and `error` params");
    params.error = params.message;
  }
  delete params.message;
  if (typeof params.error === "string")
    return { ...params, error: () => params.error };
  return params;
}
function optionalKeys(shape) {
  return Object.keys(shape).filter((k) => {
    return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
  });
}
function aborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue !== true) {
      return true;
    }
  }
  return false;
}
function explicitlyAborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue === false) {
      return true;
    }
  }
  return false;
}
function prefixIssues(path, issues) {
  return issues.map((iss) => {
    var _a2;
    (_a2 = iss).path ?? (_a2.path = []);
    iss.path.unshift(path);
    return iss;
  });
}
function unwrapMessage(message) {
  return typeof message === "string" ? message : message?.message;
}
function sizeCaps(defChecks) {
  const caps = [];
  for (const ch of defChecks ?? []) {
    const d = ch._zod.def;
    if (!/_(length|size)$|_equals$/.test(d.check))
      break;
    const max = d.maximum ?? d.length ?? d.size;
    if (max >= 0)
      caps.push([max, ch]);
  }
  return caps;
}
function attachSchema(issues, start, inst) {
  var _a2;
  for (let i = start; i < issues.length; i++) {
    (_a2 = issues[i]).schema ?? (_a2.schema = inst);
  }
}
function finalizeIssue(iss, ctx, config2) {
  var _a2;
  const traits = iss.inst?._zod?.traits;
  if (traits?.has("$ZodType")) {
    if (traits.has("$ZodCheck"))
      (_a2 = iss).schema ?? (_a2.schema = iss.inst);
    else
      iss.schema = iss.inst;
  }
  const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
  const message = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config2.customError?.(iss)) ?? unwrapMessage(config2.localeError?.(iss)) ?? "Invalid input";
  const full = {};
  for (const k of Object.keys(iss)) {
    if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__")
      continue;
    full[k] = iss[k];
  }
  full.path ?? (full.path = []);
  full.message = message;
  if (ctx?.reportInput) {
    full.input = iss.input;
  }
  return full;
}
var highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
  const units = str.length;
  if (!highSurrogate.test(str))
    return units;
  let count = units;
  for (let i = 0; i < units - 1; i++) {
    if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
      count--;
      i++;
    }
  }
  return count;
}
function getLengthableOrigin(input) {
  if (Array.isArray(input))
    return "array";
  if (typeof input === "string")
    return "string";
  return "unknown";
}
function members(proto, table) {
  for (const key in table) {
    const desc = Object.getOwnPropertyDescriptor(table, key);
    if (desc.get)
      Object.defineProperty(proto, key, { ...desc, enumerable: false });
    else
      defineBound(proto, key, desc.value);
  }
}
function own(inst, key, value, enumerable = true) {
  Object.defineProperty(inst, key, { configurable: true, writable: true, enumerable, value });
  return value;
}
function hide(inst, key, value) {
  return own(inst, key, value, false);
}
function defineBound(proto, key, fn) {
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      return this == null ? fn : own(this, key, fn.bind(this));
    },
    set(value) {
      own(this, key, value);
    }
  });
}
function claim(inst, sentinel) {
  const proto = Object.getPrototypeOf(inst);
  return sentinel in proto ? void 0 : proto;
}
var installing;
var broke = false;
var breaker = {
  configurable: true,
  get() {
    broke = true;
    return void 0;
  }
};
function defineLazyInternal(inst, key, compute) {
  const proto = Object.getPrototypeOf(inst._zod);
  if (key in proto && installing !== inst._zod) {
    installing = void 0;
    return;
  }
  installing = inst._zod;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      Object.defineProperty(this, key, breaker);
      const outer = broke;
      broke = false;
      try {
        const value = compute(this);
        if (broke)
          delete this[key];
        else
          Object.defineProperty(this, key, { configurable: true, writable: true, value });
        broke = broke || outer;
        return value;
      } catch (err) {
        delete this[key];
        broke = broke || outer;
        throw err;
      }
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, value });
    }
  });
}
function installLazyProp(inst, key, make, enumerable) {
  const proto = claim(inst, key);
  if (!proto)
    return;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      const desc = { configurable: true, writable: true, enumerable, value: void 0 };
      Object.defineProperty(this, key, desc);
      desc.value = make(this);
      Object.defineProperty(this, key, desc);
      return desc.value;
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, enumerable, value });
    }
  });
}

// node_modules/zod/v4/core/core.js
var _a;
var _zodDesc = { value: void 0, enumerable: false };
var _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
  const E = _E;
  if (E) {
    const saved = E.stackTraceLimit;
    if (typeof saved === "number") {
      try {
        E.stackTraceLimit = 0;
      } catch {
        _E = null;
        return new Definition();
      }
      try {
        return new Definition();
      } finally {
        E.stackTraceLimit = saved;
      }
    }
  }
  return new Definition();
}
// @__NO_SIDE_EFFECTS__
function $constructor(name2, initializer2, proto, params) {
  const zodProto = {};
  function Internals(def) {
    this.def = def;
    this.constr = _;
    this.traits = /* @__PURE__ */ new Set();
  }
  Internals.prototype = zodProto;
  const protoMembers = proto;
  const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
  function init(inst, def) {
    if (!inst._zod) {
      _zodDesc.value = new Internals(def);
      try {
        Object.defineProperty(inst, "_zod", _zodDesc);
      } finally {
        _zodDesc.value = void 0;
      }
    } else if (inst._zod.traits.has(name2)) {
      return;
    }
    inst._zod.traits.add(name2);
    initializer2(inst, def);
    if (initialized) {
      const own2 = Object.getPrototypeOf(inst);
      const ctorProto = inst._zod.constr.prototype;
      let up = own2;
      while (up && up !== ctorProto)
        up = Object.getPrototypeOf(up);
      const target = up ?? own2;
      if (!initialized.has(target)) {
        initialized.add(target);
        members(target, protoMembers);
      }
    }
    const proto2 = _.prototype;
    for (const k in proto2) {
      if (!Object.prototype.hasOwnProperty.call(proto2, k))
        continue;
      if (!(k in inst)) {
        inst[k] = proto2[k].bind(inst);
      }
    }
  }
  const Parent = params?.Parent ?? Object;
  class Definition extends Parent {
  }
  Object.defineProperty(Definition, "name", { value: name2 });
  function _(def) {
    const inst = params?.Parent ? newError(Definition) : this;
    init(inst, def);
    const deferred = inst._zod.deferred;
    if (deferred) {
      for (const fn of deferred) {
        fn();
      }
      inst._zod.deferred = void 0;
    }
    const pp = globalThis.__zod_globalConfig?.postProcessor;
    if (pp)
      pp(inst);
    return inst;
  }
  Object.defineProperty(_, "init", { value: init });
  Object.defineProperty(_, Symbol.hasInstance, {
    value: (inst) => {
      if (params?.Parent && inst instanceof params.Parent)
        return true;
      return inst?._zod?.traits?.has(name2);
    }
  });
  Object.defineProperty(_, "name", { value: name2 });
  return _;
}
var $ZodAsyncError = class extends Error {
  constructor() {
    super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
  }
};
var $ZodEncodeError = class extends Error {
  constructor(name2) {
    super(`Encountered unidirectional transform during encode: ${name2}`);
    this.name = "ZodEncodeError";
  }
};
(_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});
var globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
  if (newConfig)
    Object.assign(globalConfig, newConfig);
  return globalConfig;
}

// node_modules/zod/v4/core/errors.js
function _getMessage() {
  const internals = this._zod;
  internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
  return internals.message;
}
function _setMessage(value) {
  this._zod.message = value;
}
var _messageDesc = {
  get: _getMessage,
  set: _setMessage,
  enumerable: true,
  configurable: true
};
var _issuesDesc = { value: void 0, enumerable: false };
var _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
var initializer = (inst, def) => {
  inst.name = "$ZodError";
  _issuesDesc.value = def;
  Object.defineProperty(inst, "issues", _issuesDesc);
  _issuesDesc.value = void 0;
  Object.defineProperty(inst, "message", _messageDesc);
  const proto = Object.getPrototypeOf(inst);
  if (!_installedToString.has(proto)) {
    _installedToString.add(proto);
    Object.defineProperty(proto, "toString", {
      configurable: true,
      enumerable: false,
      get() {
        const value = () => this.message;
        Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
        return value;
      },
      set(value) {
        Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
      }
    });
  }
};
var $ZodError = $constructor("$ZodError", initializer);
var $ZodRealError = $constructor("$ZodError", initializer, void 0, {
  Parent: Error
});

// node_modules/zod/v4/core/parse.js
var _parse = (_Err) => {
  const fn = (schema3, value, _ctx, _params) => {
    const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
    const result = schema3._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise) {
      throw new $ZodAsyncError();
    }
    if (result.issues.length) {
      const e = new (_params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
      captureStackTrace(e, _params?.callee ?? fn);
      throw e;
    }
    return result.value;
  };
  return fn;
};
var parse = /* @__PURE__ */ _parse($ZodRealError);
var _parseAsync = (_Err) => {
  const fn = async (schema3, value, _ctx, params) => {
    const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
    let result = schema3._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise)
      result = await result;
    if (result.issues.length) {
      const e = new (params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
      captureStackTrace(e, params?.callee ?? fn);
      throw e;
    }
    return result.value;
  };
  return fn;
};
var parseAsync = /* @__PURE__ */ _parseAsync($ZodRealError);
var _safeParse = (_Err) => (schema3, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
  const result = schema3._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise) {
    throw new $ZodAsyncError();
  }
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
var safeParse = /* @__PURE__ */ _safeParse($ZodRealError);
function failure(Err, issues, ctx) {
  let error3;
  return {
    success: false,
    get error() {
      if (!error3) {
        error3 = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
        issues = void 0;
        ctx = void 0;
      }
      return error3;
    },
    set error(e) {
      error3 = e;
      issues = void 0;
      ctx = void 0;
    }
  };
}
var _safeParseAsync = (_Err) => async (schema3, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
  let result = schema3._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise)
    result = await result;
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
var safeParseAsync = /* @__PURE__ */ _safeParseAsync($ZodRealError);

// node_modules/zod/v4/core/regexes.js
var anyString = /^[\s\S]{0,}$/;
var number = /^-?\d+(?:\.\d+)?$/;
var boolean = /^(?:true|false)$/i;

// node_modules/zod/v4/core/checks.js
var $ZodCheck = /* @__PURE__ */ $constructor("$ZodCheck", (inst, def) => {
  var _a2;
  inst._zod ?? (inst._zod = {});
  inst._zod.def = def;
  (_a2 = inst._zod).onattach ?? (_a2.onattach = []);
});
var _whenHasLength = (payload2) => {
  const val = payload2.value;
  return !nullish(val) && val.length !== void 0;
};
var numericOriginMap = {
  number: "number",
  bigint: "bigint",
  object: "date"
};
var $ZodCheckLessThan = /* @__PURE__ */ $constructor("$ZodCheckLessThan", (inst, def) => {
  $ZodCheck.init(inst, def);
  const origin2 = numericOriginMap[typeof def.value];
  inst._zod.check = (payload2) => {
    if (def.inclusive ? payload2.value <= def.value : payload2.value < def.value) {
      return;
    }
    payload2.issues.push({
      origin: numericOriginMap[typeof payload2.value] ?? origin2,
      code: "too_big",
      maximum: typeof def.value === "object" ? def.value.getTime() : def.value,
      input: payload2.value,
      inclusive: def.inclusive,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckGreaterThan = /* @__PURE__ */ $constructor("$ZodCheckGreaterThan", (inst, def) => {
  $ZodCheck.init(inst, def);
  const origin2 = numericOriginMap[typeof def.value];
  inst._zod.check = (payload2) => {
    if (def.inclusive ? payload2.value >= def.value : payload2.value > def.value) {
      return;
    }
    payload2.issues.push({
      origin: numericOriginMap[typeof payload2.value] ?? origin2,
      code: "too_small",
      minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
      input: payload2.value,
      inclusive: def.inclusive,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckMinLength = /* @__PURE__ */ $constructor("$ZodCheckMinLength", (inst, def) => {
  var _a2;
  $ZodCheck.init(inst, def);
  (_a2 = inst._zod.def).when ?? (_a2.when = _whenHasLength);
  inst._zod.check = (payload2) => {
    const input = payload2.value;
    const units = input.length;
    const length = typeof input === "string" && units >= def.minimum && units < def.minimum * 2 ? codePointLength(input) : units;
    if (length >= def.minimum)
      return;
    const origin2 = getLengthableOrigin(input);
    payload2.issues.push({
      origin: origin2,
      code: "too_small",
      minimum: def.minimum,
      inclusive: true,
      input,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckStringFormat = /* @__PURE__ */ $constructor("$ZodCheckStringFormat", (inst, def) => {
  var _a2, _b;
  $ZodCheck.init(inst, def);
  if (def.pattern)
    (_a2 = inst._zod).check ?? (_a2.check = (payload2) => {
      def.pattern.lastIndex = 0;
      if (def.pattern.test(payload2.value))
        return;
      payload2.issues.push({
        origin: "string",
        code: "invalid_format",
        format: def.format,
        input: payload2.value,
        ...def.pattern ? { pattern: def.pattern.toString() } : {},
        inst,
        continue: !def.abort
      });
    });
  else
    (_b = inst._zod).check ?? (_b.check = () => {
    });
});
var $ZodCheckRegex = /* @__PURE__ */ $constructor("$ZodCheckRegex", (inst, def) => {
  $ZodCheckStringFormat.init(inst, def);
  inst._zod.check = (payload2) => {
    def.pattern.lastIndex = 0;
    if (def.pattern.test(payload2.value))
      return;
    payload2.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "regex",
      input: payload2.value,
      pattern: def.pattern.toString(),
      inst,
      continue: !def.abort
    });
  };
});

// node_modules/zod/v4/core/versions.js
var version = {
  major: 4,
  minor: 6,
  patch: 7
};

// node_modules/zod/v4/core/schemas.js
var $ZodType = /* @__PURE__ */ $constructor("$ZodType", (inst, def) => {
  var _a2;
  inst ?? (inst = {});
  inst._zod.def = def;
  inst._zod.bag = inst._zod.bag || {};
  inst._zod.version = version;
  const defChecks = inst._zod.def.checks;
  const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
  for (const ch of checks) {
    for (const fn of ch._zod.onattach) {
      fn(inst);
    }
  }
  if (checks.length === 0) {
    (_a2 = inst._zod).deferred ?? (_a2.deferred = []);
    inst._zod.deferred?.push(() => {
      inst._zod.run = inst._zod.parse;
    });
  } else {
    const runChecks = (payload2, checks2, ctx) => {
      if (payload2.memo)
        return payload2;
      let isAborted = aborted(payload2);
      let asyncResult;
      for (const ch of checks2) {
        if (ch._zod.def.when) {
          if (explicitlyAborted(payload2))
            continue;
          const shouldRun = ch._zod.def.when(payload2);
          if (!shouldRun)
            continue;
        } else if (isAborted) {
          continue;
        }
        const currLen = payload2.issues.length;
        const _ = ch._zod.check(payload2);
        if (_ instanceof Promise && ctx?.async === false) {
          throw new $ZodAsyncError();
        }
        if (asyncResult || _ instanceof Promise) {
          asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
            await _;
            const nextLen = payload2.issues.length;
            if (nextLen === currLen)
              return;
            attachSchema(payload2.issues, currLen, inst);
            if (!isAborted)
              isAborted = aborted(payload2, currLen);
          });
        } else {
          const nextLen = payload2.issues.length;
          if (nextLen === currLen)
            continue;
          attachSchema(payload2.issues, currLen, inst);
          if (!isAborted)
            isAborted = aborted(payload2, currLen);
        }
      }
      if (asyncResult) {
        return asyncResult.then(() => {
          return payload2;
        });
      }
      return payload2;
    };
    const handleCanaryResult = (canary, payload2, ctx) => {
      if (aborted(canary)) {
        canary.aborted = true;
        return canary;
      }
      const checkResult = runChecks(payload2, checks, ctx);
      if (checkResult instanceof Promise) {
        if (ctx.async === false)
          throw new $ZodAsyncError();
        return checkResult.then((checkResult2) => inst._zod.parse(checkResult2, ctx));
      }
      return inst._zod.parse(checkResult, ctx);
    };
    inst._zod.run = (payload2, ctx) => {
      if (ctx.skipChecks) {
        return inst._zod.parse(payload2, ctx);
      }
      if (ctx.direction === "backward") {
        const canary = inst._zod.parse({ value: payload2.value, issues: [] }, { ...ctx, skipChecks: true });
        if (canary instanceof Promise) {
          return canary.then((canary2) => {
            return handleCanaryResult(canary2, payload2, ctx);
          });
        }
        return handleCanaryResult(canary, payload2, ctx);
      }
      const result = inst._zod.parse(payload2, ctx);
      if (result instanceof Promise) {
        if (ctx.async === false)
          throw new $ZodAsyncError();
        return result.then((result2) => runChecks(result2, checks, ctx));
      }
      return runChecks(result, checks, ctx);
    };
  }
}, {
  // Wrappers extend this by installing a richer factory over it; reading it eagerly would defeat the laziness.
  get "~standard"() {
    return hide(this, "~standard", standardProps(this));
  },
  set "~standard"(value) {
    own(this, "~standard", value);
  }
});
var toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync(inst, value) {
  const ctx = { async: true };
  return toStandardResult(await inst._zod.run({ value, issues: [] }, ctx), ctx);
}
function standardProps(inst) {
  return {
    validate: (value) => {
      const ctx = { async: false };
      try {
        const r = inst._zod.run({ value, issues: [] }, ctx);
        if (!(r instanceof Promise))
          return toStandardResult(r, ctx);
      } catch (_) {
      }
      return validateAsync(inst, value);
    },
    vendor: "zod",
    version: 1
  };
}
var $ZodString = /* @__PURE__ */ $constructor("$ZodString", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = def.pattern ?? anyString;
  inst._zod.parse = (payload2, _) => {
    if (def.coerce)
      try {
        payload2.value = String(payload2.value);
      } catch (_2) {
      }
    if (typeof payload2.value === "string")
      return payload2;
    payload2.issues.push({
      expected: "string",
      code: "invalid_type",
      input: payload2.value,
      inst
    });
    return payload2;
  };
});
var $ZodNumber = /* @__PURE__ */ $constructor("$ZodNumber", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = number;
  inst._zod.parse = (payload2, _ctx) => {
    if (def.coerce)
      try {
        payload2.value = Number(payload2.value);
      } catch (_) {
      }
    const input = payload2.value;
    if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) {
      return payload2;
    }
    const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
    payload2.issues.push({
      expected: "number",
      code: "invalid_type",
      input,
      inst,
      ...received ? { received } : {}
    });
    return payload2;
  };
});
var $ZodBoolean = /* @__PURE__ */ $constructor("$ZodBoolean", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = boolean;
  inst._zod.parse = (payload2, _ctx) => {
    if (def.coerce)
      try {
        payload2.value = Boolean(payload2.value);
      } catch (_) {
      }
    const input = payload2.value;
    if (typeof input === "boolean")
      return payload2;
    payload2.issues.push({
      expected: "boolean",
      code: "invalid_type",
      input,
      inst
    });
    return payload2;
  };
});
function capSize(inst, size) {
  const caps = sizeCaps(inst._zod.def.checks);
  if (!caps.length)
    return;
  const cap = Math.min(...caps.map((c) => c[0]));
  const parse2 = inst._zod.parse;
  inst._zod.parse = (payload2, ctx) => {
    const n = size(payload2.value);
    if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
      for (const [max, ch] of sizeCaps(inst._zod.def.checks)) {
        if (n > max && ch._zod.def.when(payload2)) {
          const start = payload2.issues.length;
          ch._zod.check(payload2);
          payload2.issues[start].continue = false;
          attachSchema(payload2.issues, start, inst);
          return payload2;
        }
      }
    }
    return parse2(payload2, ctx);
  };
}
var arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
  if (result.issues.length) {
    final.issues.push(...prefixIssues(index, result.issues));
  }
  final.value[index] = result.value;
}
var $ZodArray = /* @__PURE__ */ $constructor("$ZodArray", (inst, def) => {
  $ZodType.init(inst, def);
  const memo = globalConfig.memoizer;
  memo?.attach(inst);
  inst._zod.parse = (payload2, ctx) => {
    const input = payload2.value;
    if (!Array.isArray(input)) {
      payload2.issues.push({
        expected: "array",
        code: "invalid_type",
        input,
        inst
      });
      return payload2;
    }
    payload2.value = memo ? memo.alloc(inst, payload2, Array(input.length), ctx) : Array(input.length);
    const proms = [];
    const abortEarly = ctx?.abortEarly;
    for (let i = 0; i < input.length; i++) {
      const item = input[i];
      const result = def.element._zod.run({
        value: item,
        issues: []
      }, ctx);
      if (result instanceof Promise) {
        proms.push(result.then((result2) => handleArrayResult(result2, payload2, i)));
      } else {
        handleArrayResult(result, payload2, i);
        if (abortEarly && result.issues.length !== 0 && aborted(result))
          break;
      }
    }
    if (proms.length) {
      return Promise.all(proms).then(() => payload2);
    }
    return payload2;
  };
  capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
  const isPresent = key in input;
  const isOptionalOut = optout === "optional";
  if (!isPresent && isOptionalOut && optin === "optional") {
    return;
  }
  if (result.issues.length) {
    if (optin !== void 0 && isOptionalOut && !isPresent) {
      return;
    }
    final.issues.push(...prefixIssues(key, result.issues));
  }
  if (!isPresent && optin === void 0) {
    if (!result.issues.length) {
      final.issues.push({
        code: "invalid_type",
        expected: "nonoptional",
        input: void 0,
        path: [key]
      });
    }
    return;
  }
  if (result.value === void 0) {
    if (isPresent || optin === "defaulted" && !isOptionalOut) {
      final.value[key] = void 0;
    }
  } else {
    final.value[key] = result.value;
  }
}
var NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
  const keys = Object.keys(def.shape);
  const ownSymbols = Object.getOwnPropertySymbols(def.shape);
  const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
  const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
  for (const k of allKeys) {
    if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) {
      throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
    }
  }
  const okeys = optionalKeys(def.shape);
  return {
    ...def,
    allKeys,
    symbolKeys,
    // string-only: handleCatchall matches it against `for...in`, which never yields a symbol
    keySet: new Set(keys),
    numKeys: keys.length,
    optionalKeys: new Set(okeys)
  };
}
function handleCatchall(proms, input, payload2, ctx, def, inst, abortEarly) {
  const unrecognized = [];
  const keySet = def.keySet;
  const _catchall = def.catchall._zod;
  const t = _catchall.def.type;
  const optin = _catchall.optin;
  const optout = _catchall.optout;
  let seen = 0;
  for (const key in input) {
    if (abortEarly && payload2.issues.length !== seen) {
      if (aborted(payload2, seen))
        break;
      seen = payload2.issues.length;
    }
    if (keySet.has(key))
      continue;
    if (key === "__proto__") {
      if (t === "never")
        unrecognized.push(key);
      continue;
    }
    if (t === "never") {
      unrecognized.push(key);
      continue;
    }
    const r = _catchall.run({ value: input[key], issues: [] }, ctx);
    if (r instanceof Promise) {
      proms.push(r.then((r2) => handlePropertyResult(r2, payload2, key, input, optin, optout)));
    } else {
      handlePropertyResult(r, payload2, key, input, optin, optout);
    }
  }
  if (unrecognized.length) {
    payload2.issues.push({
      code: "unrecognized_keys",
      keys: unrecognized,
      input,
      inst,
      // Describes the shape of the input, not the validity of the parsed value, so it never aborts. The parse still fails; the schema's own checks just get to run first, and an enclosing intersection can reconcile the key against a sibling operand.
      continue: true
    });
  }
  if (!proms.length)
    return payload2;
  return Promise.all(proms).then(() => {
    return payload2;
  });
}
var $ZodObject = /* @__PURE__ */ $constructor("$ZodObject", (inst, def) => {
  $ZodType.init(inst, def);
  const desc = Object.getOwnPropertyDescriptor(def, "shape");
  const sh = desc?.get ? desc.get.raw : def.shape ?? {};
  if (sh) {
    const get = () => {
      const newSh = { ...sh };
      Object.defineProperty(def, "shape", { value: newSh });
      get.raw = newSh;
      return newSh;
    };
    get.raw = sh;
    Object.defineProperty(def, "shape", { get });
  }
  const _normalized = cached(() => normalizeDef(def));
  defineLazyInternal(inst, "propValues", (zod) => {
    const shape = zod.def.shape;
    const propValues = {};
    for (const key in shape) {
      const field2 = shape[key]._zod;
      if (field2.values) {
        if (!Object.prototype.hasOwnProperty.call(propValues, key)) {
          assignProp(propValues, key, /* @__PURE__ */ new Set());
        }
        for (const v of field2.values)
          propValues[key].add(v);
        if (field2.optin !== void 0)
          propValues[key].add(void 0);
      }
    }
    return propValues;
  });
  const isObject2 = isObject;
  const catchall2 = def.catchall;
  let value;
  const memo = globalConfig.memoizer;
  memo?.attach(inst);
  inst._zod.parse = (payload2, ctx) => {
    value ?? (value = _normalized.value);
    const input = payload2.value;
    if (!isObject2(input)) {
      payload2.issues.push({
        expected: "object",
        code: "invalid_type",
        input,
        inst
      });
      return payload2;
    }
    payload2.value = memo ? memo.alloc(inst, payload2, {}, ctx) : {};
    const proms = [];
    const shape = value.shape;
    const abortEarly = ctx?.abortEarly;
    let seen = payload2.issues.length;
    for (const key of value.allKeys) {
      if (abortEarly && payload2.issues.length !== seen) {
        if (aborted(payload2, seen))
          break;
        seen = payload2.issues.length;
      }
      if (key === "__proto__")
        continue;
      const el = shape[key];
      const optin = el._zod.optin;
      const optout = el._zod.optout;
      const r = el._zod.run({ value: input[key], issues: [] }, ctx);
      if (r instanceof Promise) {
        proms.push(r.then((r2) => handlePropertyResult(r2, payload2, key, input, optin, optout)));
      } else {
        handlePropertyResult(r, payload2, key, input, optin, optout);
      }
    }
    if (!catchall2) {
      return proms.length ? Promise.all(proms).then(() => payload2) : payload2;
    }
    return handleCatchall(proms, input, payload2, ctx, _normalized.value, inst, abortEarly === true);
  };
});
function handleUnionResults(results2, final, inst, ctx) {
  for (const result of results2) {
    if (result.issues.length === 0) {
      final.value = result.value;
      return final;
    }
  }
  const nonaborted = results2.filter((r) => !aborted(r));
  if (nonaborted.length === 1) {
    final.value = nonaborted[0].value;
    return nonaborted[0];
  }
  final.issues.push({
    code: "invalid_union",
    input: final.value,
    inst,
    errors: results2.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config())))
  });
  return final;
}
var $ZodUnion = /* @__PURE__ */ $constructor("$ZodUnion", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
  defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
  defineLazyInternal(inst, "values", (zod) => {
    if (zod.def.options.every((o) => o._zod.values)) {
      return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
    }
    return void 0;
  });
  defineLazyInternal(inst, "pattern", (zod) => {
    if (zod.def.options.every((o) => o._zod.pattern)) {
      const patterns = zod.def.options.map((o) => o._zod.pattern);
      return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
    }
    return void 0;
  });
  const first = def.options.length === 1 ? def.options[0]._zod.run : null;
  inst._zod.parse = (payload2, ctx) => {
    if (first) {
      return first(payload2, ctx);
    }
    let async = false;
    const results2 = [];
    for (const option of def.options) {
      const result = option._zod.run({
        value: payload2.value,
        issues: []
      }, ctx);
      if (result instanceof Promise) {
        results2.push(result);
        async = true;
      } else {
        if (result.issues.length === 0)
          return result;
        results2.push(result);
      }
    }
    if (!async)
      return handleUnionResults(results2, payload2, inst, ctx);
    return Promise.all(results2).then((results3) => {
      return handleUnionResults(results3, payload2, inst, ctx);
    });
  };
});
var $ZodRecord = /* @__PURE__ */ $constructor("$ZodRecord", (inst, def) => {
  $ZodType.init(inst, def);
  const memo = globalConfig.memoizer;
  memo?.attach(inst);
  inst._zod.parse = (payload2, ctx) => {
    const input = payload2.value;
    if (!isPlainObject(input)) {
      payload2.issues.push({
        expected: "record",
        code: "invalid_type",
        input,
        inst
      });
      return payload2;
    }
    const proms = [];
    const values = def.keyType._zod.values;
    if (values && !def.partial) {
      payload2.value = memo ? memo.alloc(inst, payload2, {}, ctx) : {};
      const recordKeys = /* @__PURE__ */ new Set();
      for (const key of values) {
        if (typeof key === "string" || typeof key === "number" || typeof key === "symbol") {
          recordKeys.add(typeof key === "number" ? key.toString() : key);
          if (key === "__proto__")
            continue;
          const keyResult = def.keyType._zod.run({ value: key, issues: [] }, ctx);
          if (keyResult instanceof Promise) {
            throw new Error("Async schemas not supported in object keys currently");
          }
          if (keyResult.issues.length) {
            payload2.issues.push({
              code: "invalid_key",
              origin: "record",
              issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
              input: key,
              path: [key],
              inst
            });
            continue;
          }
          const outKey = keyResult.value;
          if (outKey === "__proto__")
            continue;
          const result = def.valueType._zod.run({ value: input[key], issues: [] }, ctx);
          if (result instanceof Promise) {
            proms.push(result.then((result2) => {
              if (result2.issues.length) {
                payload2.issues.push(...prefixIssues(key, result2.issues));
              }
              payload2.value[outKey] = result2.value;
            }));
          } else {
            if (result.issues.length) {
              payload2.issues.push(...prefixIssues(key, result.issues));
            }
            payload2.value[outKey] = result.value;
          }
        }
      }
      let unrecognized;
      for (const key in input) {
        if (!recordKeys.has(key)) {
          if (def.mode === "loose") {
            if (key === "__proto__")
              continue;
            payload2.value[key] = input[key];
          } else {
            unrecognized = unrecognized ?? [];
            unrecognized.push(key);
          }
        }
      }
      if (unrecognized && unrecognized.length > 0) {
        payload2.issues.push({
          code: "unrecognized_keys",
          input,
          inst,
          keys: unrecognized,
          continue: true
        });
      }
    } else {
      payload2.value = memo ? memo.alloc(inst, payload2, {}, ctx) : {};
      let unrecognized;
      for (const key of Reflect.ownKeys(input)) {
        if (key === "__proto__")
          continue;
        if (!Object.prototype.propertyIsEnumerable.call(input, key))
          continue;
        let keyResult = def.keyType._zod.run({ value: key, issues: [] }, ctx);
        if (keyResult instanceof Promise) {
          throw new Error("Async schemas not supported in object keys currently");
        }
        const checkNumericKey = typeof key === "string" && number.test(key) && keyResult.issues.length;
        if (checkNumericKey) {
          const retryResult = def.keyType._zod.run({ value: Number(key), issues: [] }, ctx);
          if (retryResult instanceof Promise) {
            throw new Error("Async schemas not supported in object keys currently");
          }
          if (retryResult.issues.length === 0) {
            keyResult = retryResult;
          }
        }
        if (keyResult.issues.length) {
          if (def.mode === "loose") {
            payload2.value[key] = input[key];
          } else if (values) {
            unrecognized = unrecognized ?? [];
            unrecognized.push(key);
          } else {
            payload2.issues.push({
              code: "invalid_key",
              origin: "record",
              issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
              input: key,
              path: [key],
              inst
            });
          }
          continue;
        }
        const outKey = keyResult.value;
        if (outKey === "__proto__")
          continue;
        const result = def.valueType._zod.run({ value: input[key], issues: [] }, ctx);
        if (result instanceof Promise) {
          proms.push(result.then((result2) => {
            if (result2.issues.length) {
              payload2.issues.push(...prefixIssues(key, result2.issues));
            }
            payload2.value[outKey] = result2.value;
          }));
        } else {
          if (result.issues.length) {
            payload2.issues.push(...prefixIssues(key, result.issues));
          }
          payload2.value[outKey] = result.value;
        }
      }
      if (unrecognized && unrecognized.length > 0) {
        payload2.issues.push({
          code: "unrecognized_keys",
          input,
          inst,
          keys: unrecognized,
          continue: true
        });
      }
    }
    if (proms.length) {
      return Promise.all(proms).then(() => payload2);
    }
    return payload2;
  };
});
var $ZodEnum = /* @__PURE__ */ $constructor("$ZodEnum", (inst, def) => {
  $ZodType.init(inst, def);
  const values = getEnumValues(def.entries);
  const valuesSet = new Set(values);
  inst._zod.values = valuesSet;
  defineLazyInternal(inst, "pattern", (zod) => {
    const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
    return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
  });
  inst._zod.parse = (payload2, _ctx) => {
    const input = payload2.value;
    if (valuesSet.has(input)) {
      return payload2;
    }
    payload2.issues.push({
      code: "invalid_value",
      values,
      input,
      inst
    });
    return payload2;
  };
});
var $ZodTransform = /* @__PURE__ */ $constructor("$ZodTransform", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.optin = "optional";
  globalConfig.memoizer?.guard(inst);
  inst._zod.parse = (payload2, ctx) => {
    if (ctx.direction === "backward") {
      throw new $ZodEncodeError(inst.constructor.name);
    }
    const _out = def.transform(payload2.value, payload2);
    if (ctx.async) {
      const output = _out instanceof Promise ? _out : Promise.resolve(_out);
      return output.then((output2) => {
        payload2.value = output2;
        return payload2;
      });
    }
    if (_out instanceof Promise) {
      throw new $ZodAsyncError();
    }
    payload2.value = _out;
    return payload2;
  };
});
function handleOptionalResult(payload2, result) {
  payload2.value = result.issues.length ? void 0 : result.value;
  return payload2;
}
var $ZodOptional = /* @__PURE__ */ $constructor("$ZodOptional", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
  inst._zod.optout = "optional";
  defineLazyInternal(inst, "values", (zod) => {
    const values = zod.def.innerType._zod.values;
    return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
  });
  defineLazyInternal(inst, "pattern", (zod) => {
    const pattern = zod.def.innerType._zod.pattern;
    return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : void 0;
  });
  inst._zod.parse = (payload2, ctx) => {
    if (payload2.value === void 0) {
      if (def.innerType._zod.optin !== "defaulted")
        return payload2;
      const result = def.innerType._zod.run({ value: payload2.value, issues: [] }, ctx);
      if (result instanceof Promise)
        return result.then((result2) => handleOptionalResult(payload2, result2));
      return handleOptionalResult(payload2, result);
    }
    return def.innerType._zod.run(payload2, ctx);
  };
});
var $ZodNullable = /* @__PURE__ */ $constructor("$ZodNullable", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
  defineLazyInternal(inst, "pattern", (zod) => {
    const pattern = zod.def.innerType._zod.pattern;
    return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : void 0;
  });
  defineLazyInternal(inst, "values", (zod) => {
    return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
  });
  inst._zod.parse = (payload2, ctx) => {
    if (payload2.value === null)
      return payload2;
    return def.innerType._zod.run(payload2, ctx);
  };
});
var $ZodDefault = /* @__PURE__ */ $constructor("$ZodDefault", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.optin = "defaulted";
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  inst._zod.parse = (payload2, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload2, ctx);
    }
    if (payload2.value === void 0) {
      payload2.value = def.defaultValue;
      return payload2;
    }
    const result = def.innerType._zod.run(payload2, ctx);
    if (result instanceof Promise) {
      return result.then((result2) => handleDefaultResult(result2, def));
    }
    return handleDefaultResult(result, def);
  };
});
function handleDefaultResult(payload2, def) {
  if (payload2.value === void 0) {
    payload2.value = def.defaultValue;
  }
  return payload2;
}
var $ZodPipe = /* @__PURE__ */ $constructor("$ZodPipe", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "values", (zod) => zod.def.in._zod.values);
  defineLazyInternal(inst, "optin", (zod) => zod.def.in._zod.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.out._zod.optout);
  defineLazyInternal(inst, "propValues", (zod) => zod.def.in._zod.propValues);
  inst._zod.parse = (payload2, ctx) => {
    if (ctx.direction === "backward") {
      const right = def.out._zod.run(payload2, ctx);
      if (right instanceof Promise) {
        return right.then((right2) => handlePipeResult(right2, def.in, ctx));
      }
      return handlePipeResult(right, def.in, ctx);
    }
    const left = def.in._zod.run(payload2, ctx);
    if (left instanceof Promise) {
      return left.then((left2) => handlePipeResult(left2, def.out, ctx));
    }
    return handlePipeResult(left, def.out, ctx);
  };
});
function handlePipeResult(left, next, ctx) {
  if (left.issues.some((iss) => iss.code !== "unrecognized_keys")) {
    left.aborted = true;
    return left;
  }
  return next._zod.run({ value: left.value, issues: left.issues }, ctx);
}

// node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
  if (def.checks)
    def.checks = [...def.checks];
  return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class, params) {
  return new Class(snapshotChecks({ type: "string", ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _number(Class, params) {
  return new Class(snapshotChecks({ type: "number", checks: [], ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class, params) {
  return new Class({
    type: "boolean",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _lte(value, params) {
  return new $ZodCheckLessThan({
    check: "less_than",
    ...normalizeParams(params),
    value,
    inclusive: true
  });
}
// @__NO_SIDE_EFFECTS__
function _gte(value, params) {
  return new $ZodCheckGreaterThan({
    check: "greater_than",
    ...normalizeParams(params),
    value,
    inclusive: true
  });
}
// @__NO_SIDE_EFFECTS__
function _minLength(minimum, params) {
  return new $ZodCheckMinLength({
    check: "min_length",
    ...normalizeParams(params),
    minimum
  });
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern, params) {
  return new $ZodCheckRegex({
    check: "string_format",
    format: "regex",
    ...normalizeParams(params),
    pattern
  });
}

// node_modules/zod/v4/mini/schemas.js
var ZodMiniType = /* @__PURE__ */ $constructor("ZodMiniType", (inst, def) => {
  if (!inst._zod)
    throw new Error("Uninitialized schema in ZodMiniType.");
  $ZodType.init(inst, def);
  inst.def = def;
  inst.type = def.type;
}, {
  // `with` is an alias for `check`: the same function object, not a wrapper.
  get with() {
    return this.check;
  },
  set with(value) {
    own(this, "with", value);
  },
  parse(data, params) {
    return parse(this, data, params, { callee: this.parse });
  },
  parseAsync(data, params) {
    return parseAsync(this, data, params, { callee: this.parseAsync });
  },
  safeParse(data, params) {
    return safeParse(this, data, params);
  },
  safeParseAsync(data, params) {
    return safeParseAsync(this, data, params);
  },
  check(...checks) {
    const def = this.def;
    return this.clone({
      ...def,
      checks: [
        ...def.checks ?? [],
        ...checks.map((ch) => typeof ch === "function" ? { _zod: { check: ch, def: { check: "custom" }, onattach: [] } } : ch)
      ]
    }, { parent: true });
  },
  clone(_def, params) {
    return clone(this, _def, params);
  },
  brand() {
    return this;
  },
  register(reg, meta2) {
    reg.add(this, meta2);
    return this;
  },
  apply(fn, ...args) {
    return args.length === 0 ? fn(this) : fn(this, ...args);
  }
});
var ZodMiniString = /* @__PURE__ */ $constructor("ZodMiniString", (inst, def) => {
  $ZodString.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function string2(params) {
  return _string(ZodMiniString, params);
}
var ZodMiniNumber = /* @__PURE__ */ $constructor("ZodMiniNumber", (inst, def) => {
  $ZodNumber.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function number2(params) {
  return _number(ZodMiniNumber, params);
}
var ZodMiniBoolean = /* @__PURE__ */ $constructor("ZodMiniBoolean", (inst, def) => {
  $ZodBoolean.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function boolean2(params) {
  return _boolean(ZodMiniBoolean, params);
}
var ZodMiniArray = /* @__PURE__ */ $constructor("ZodMiniArray", (inst, def) => {
  $ZodArray.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function array(element, params) {
  return new ZodMiniArray({
    type: "array",
    element,
    ...normalizeParams(params)
  });
}
var ZodMiniObject = /* @__PURE__ */ $constructor("ZodMiniObject", (inst, def) => {
  $ZodObject.init(inst, def);
  ZodMiniType.init(inst, def);
  installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
});
// @__NO_SIDE_EFFECTS__
function object(shape, params) {
  const def = {
    type: "object",
    shape: shape ?? {},
    ...normalizeParams(params)
  };
  return new ZodMiniObject(def);
}
// @__NO_SIDE_EFFECTS__
function catchall(inst, catchall2) {
  return inst.clone(mergeDefs(inst._zod.def, { catchall: catchall2 }));
}
var ZodMiniUnion = /* @__PURE__ */ $constructor("ZodMiniUnion", (inst, def) => {
  $ZodUnion.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function union(options, params) {
  return new ZodMiniUnion({
    type: "union",
    options,
    ...normalizeParams(params)
  });
}
var ZodMiniRecord = /* @__PURE__ */ $constructor("ZodMiniRecord", (inst, def) => {
  $ZodRecord.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function record(keyType, valueType, params) {
  if (!valueType || !valueType._zod) {
    return new ZodMiniRecord({
      type: "record",
      keyType: /* @__PURE__ */ string2(),
      valueType: keyType,
      ...normalizeParams(valueType)
    });
  }
  return new ZodMiniRecord({
    type: "record",
    keyType,
    valueType,
    ...normalizeParams(params)
  });
}
var ZodMiniEnum = /* @__PURE__ */ $constructor("ZodMiniEnum", (inst, def) => {
  $ZodEnum.init(inst, def);
  ZodMiniType.init(inst, def);
  inst.options = [...inst._zod.values];
});
// @__NO_SIDE_EFFECTS__
function _enum(values, params) {
  const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
  return new ZodMiniEnum({
    type: "enum",
    entries,
    ...normalizeParams(params)
  });
}
var ZodMiniTransform = /* @__PURE__ */ $constructor("ZodMiniTransform", (inst, def) => {
  $ZodTransform.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function transform(fn) {
  return new ZodMiniTransform({
    type: "transform",
    transform: fn
  });
}
var ZodMiniOptional = /* @__PURE__ */ $constructor("ZodMiniOptional", (inst, def) => {
  $ZodOptional.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function optional(innerType) {
  return new ZodMiniOptional({
    type: "optional",
    innerType
  });
}
var ZodMiniNullable = /* @__PURE__ */ $constructor("ZodMiniNullable", (inst, def) => {
  $ZodNullable.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function nullable(innerType) {
  return new ZodMiniNullable({
    type: "nullable",
    innerType
  });
}
var ZodMiniDefault = /* @__PURE__ */ $constructor("ZodMiniDefault", (inst, def) => {
  $ZodDefault.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function _default(innerType, defaultValue) {
  return new ZodMiniDefault({
    type: "default",
    innerType,
    get defaultValue() {
      return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
    }
  });
}
var ZodMiniPipe = /* @__PURE__ */ $constructor("ZodMiniPipe", (inst, def) => {
  $ZodPipe.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function pipe(in_, out) {
  return new ZodMiniPipe({
    type: "pipe",
    in: in_,
    out
  });
}

// actions/shared/src/inputs.ts
function parseInputs(schema3, read, secrets = []) {
  const raw = Object.fromEntries(
    Object.keys(schema3._zod.def.shape).map((name2) => [name2, read(name2) || void 0])
  );
  const result = schema3.safeParse(raw);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue3) => {
    const name2 = String(issue3.path[0]);
    const value = raw[name2];
    if (value === void 0) return `input ${name2} is missing`;
    const quoted = secrets.includes(name2) ? "(secret)" : JSON.stringify(value);
    return `input ${name2} is ${quoted}: ${issue3.message}`;
  });
  throw new InvalidInput(problems.join("\n"));
}
function inputLines(value) {
  return value.split("\n").map((line3) => line3.trim()).filter((line3) => line3 !== "");
}

// actions/slack-notify/src/read/host-status.ts
var transaction = object({
  phase: string2(),
  release: string2(),
  owner: string2(),
  actor: string2(),
  runUrl: string2(),
  deadline: string2()
});
var report = object({
  host: string2(),
  /** Id of the live release, '' where there is none. */
  current: string2(),
  /** '' where it is not known. */
  commit: string2().check(_regex(/^[0-9a-f]*$/)),
  transaction: optional(transaction),
  hold: optional(object({ by: string2(), reason: string2() })),
  lastTransaction: optional(
    object({
      outcome: _enum([
        "confirmed",
        "rolled-back",
        "rolled-back-by-host",
        "taken-down",
        "given-up",
        "failed"
      ]),
      release: string2(),
      owner: string2()
    })
  ),
  journal: optional(
    object({
      line: number2(),
      hash: string2(),
      recent: optional(object({ from: number2(), hashes: array(string2()) }))
    })
  ),
  releases: array(object({ id: string2(), state: string2() }))
});
var reports = array(report).check(_minLength(1));
function parseHostStatus(text) {
  return text === "unreachable" ? text : reports.parse(JSON.parse(text));
}
function commonReport(hosts) {
  const [first] = hosts;
  if (hosts.some(({ current }) => current !== first?.current)) return void 0;
  return hosts.find((host) => host.transaction !== void 0) ?? first;
}

// actions/slack-notify/src/decide/release-state.ts
var words = {
  confirmed: "confirmed",
  live: "confirmed",
  provisional: "provisional",
  "rolled-back": "rolled-back",
  "rolled-back-by-host": "rolled-back-by-host",
  untouched: "untouched",
  staged: "untouched",
  "nothing-live": "nothing-live",
  refused: "refused",
  unknown: "unknown"
};
function releaseStateFrom(word4) {
  return Object.hasOwn(words, word4) ? words[word4] ?? "unknown" : "unknown";
}
function releaseState(told, requester) {
  const { host, state, operation } = told;
  if (host === void 0 || host === "unreachable" || state === "refused") return state;
  const report2 = commonReport(host);
  if (report2 === void 0) return "unsettled";
  return operation === "rollback" ? afterRollback(report2, told, requester) : afterDeployment(report2, told, requester);
}
function afterDeployment(report2, told, requester) {
  const { current, transaction: transaction2, lastTransaction } = report2;
  const { needs, state, release, previousRelease } = told;
  const deployed = needs.deploy?.result === "success";
  if (release === void 0) {
    if (deployed) return "unknown";
    if (isHeld(report2, requester)) return "held";
    return current === "" ? "nothing-live" : "untouched";
  }
  if (transaction2?.owner === requester) {
    if (transaction2.phase === "provisional" && current === release) return "provisional";
    if (transaction2.phase !== "staged") return "unsettled";
    return current === "" ? "nothing-live" : "untouched";
  }
  const ended = lastTransaction?.release === release ? lastTransaction.outcome : void 0;
  const confirmed = stateOnHost(report2, release) === "confirmed";
  if (current === release) return whileLive(confirmed, ended, state);
  if (current === "")
    return ended === "rolled-back-by-host" ? "taken-down-by-host" : "nothing-live";
  if (ended === "rolled-back-by-host") return ended;
  if (state === "confirmed") return "replaced";
  if (ended === "rolled-back") return ended;
  if (!deployed) return "untouched";
  return current === previousRelease ? "rolled-back" : "replaced";
}
function whileLive(confirmed, ended, state) {
  if (confirmed && state === "confirmed") return "confirmed";
  if (ended === "rolled-back-by-host") return ended;
  if (ended === "failed" || ended === "given-up") return "untouched";
  return confirmed ? "confirmed" : "provisional";
}
function afterRollback(report2, { release }, requester) {
  const { current, transaction: transaction2, lastTransaction } = report2;
  if (transaction2?.owner === requester) return "unsettled";
  if (release !== void 0) return current === release ? "rolled-back" : "replaced";
  if (lastTransaction?.owner !== requester) return "untouched";
  if (lastTransaction.outcome === "taken-down" && current === "") return "nothing-live";
  return lastTransaction.outcome === "rolled-back" ? "rolled-back" : "untouched";
}
function isHeld({ transaction: transaction2, hold }, requester) {
  return hold !== void 0 || transaction2 !== void 0 && transaction2.owner !== requester;
}
function stateOnHost({ releases }, release) {
  return releases.find(({ id }) => id === release)?.state;
}
var releaseId = /^\d{8}T\d{6}Z-(?<commit>[0-9a-f]{7,40})$/;
function commitOfRelease(release) {
  return releaseId.exec(release ?? "")?.groups?.commit;
}

// actions/slack-notify/src/read/details.ts
var word = pipe(
  union([string2(), number2()]),
  transform((value) => String(value))
);
var migrations = array(
  union([
    pipe(
      word,
      transform((revision) => ({ revision, message: void 0 }))
    ),
    pipe(
      object({ revision: word, message: optional(nullable(string2())) }),
      transform(
        ({ revision, message }) => ({ revision, message: message ?? void 0 })
      )
    )
  ])
);
var counts = catchall(object({ "not checked": optional(string2()) }), number2());
var scans = pipe(
  record(string2(), union([number2(), counts])),
  transform(
    (value) => Object.entries(value).map(([name2, found]) => {
      if (typeof found === "number") return { name: name2, counts: { "": found }, notChecked: "" };
      const { "not checked": notChecked = "", ...numbers } = found;
      return { name: name2, counts: numbers, notChecked };
    })
  )
);
var smoke = array(
  pipe(
    object({
      name: string2(),
      passed: boolean2(),
      detail: optional(nullable(string2()))
    }),
    transform(
      ({ name: name2, passed, detail }) => ({ name: name2, passed, detail: detail ?? void 0 })
    )
  )
);
var suite = object({
  name: string2(),
  tests: number2(),
  failed: number2(),
  first: string2()
});
function parseMigrations(text) {
  return migrations.parse(JSON.parse(text));
}
function parseScanCounts(text) {
  return scans.parse(JSON.parse(text));
}
function parseSmokeResults(text) {
  return smoke.parse(JSON.parse(text));
}
function parseSuiteResults(text) {
  return inputLines(text).map((line3) => suite.parse(JSON.parse(line3)));
}

// actions/slack-notify/src/read/mention.ts
var group = /^S[A-Z0-9]{6,20}$/;
var author = /^(?<login>[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:\[bot\])?)\s*=\s*(?<user>[UW][A-Z0-9]{6,20})$/;
function parseMentions(text) {
  const always = [];
  const authors = /* @__PURE__ */ new Map();
  for (const line3 of inputLines(text)) {
    const { login, user } = author.exec(line3)?.groups ?? {};
    if (login !== void 0 && user !== void 0) authors.set(login.toLowerCase(), user);
    else if (line3 === "here") always.push("<!here>");
    else if (group.test(line3)) always.push(`<!subteam^${line3}>`);
    else if (line3 !== "author") throw new InvalidInput(problem(line3));
  }
  if (inputLines(text).includes("author") && authors.size === 0) {
    throw new InvalidInput(
      "input mention names author, but no line says who that is on Slack, such as camille=U0123ABCD"
    );
  }
  return { always, authors };
}
function mentionsFor({ always, authors }, login) {
  const user = authors.get(login?.toLowerCase() ?? "");
  return user === void 0 ? [...always] : [...always, `<@${user}>`];
}
function problem(line3) {
  const allowed = "here, the id of a user group (S0123ABCD), author, or GITHUB_LOGIN=SLACK_USER_ID";
  return `input mention has the line ${JSON.stringify(line3)}: it must be ${allowed}`;
}

// actions/slack-notify/src/read/needs.ts
var results = ["success", "failure", "cancelled", "skipped"];
var schema = record(string2(), object({ result: _enum(results) }));
function parseNeeds(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error3) {
    throw new InvalidInput("input needs is not JSON: it must be ${{ toJSON(needs) }}", {
      cause: error3
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue3] = parsed.error.issues;
  throw new InvalidInput(
    `input needs, at ${issue3?.path.join(".") || "the top"}: ${issue3?.message}. It must be \${{ toJSON(needs) }}`
  );
}

// actions/slack-notify/src/read/operation.ts
var operations = ["deploy", "redeploy", "rollback", "test"];

// actions/slack-notify/src/read/stages.ts
var line2 = /^(?<job>[A-Za-z_][\w-]*)\s*=\s*(?<title>.+)$/;
function parseStages(text) {
  return new Map(
    inputLines(text).map((each) => {
      const { job, title } = line2.exec(each)?.groups ?? {};
      if (job !== void 0 && title !== void 0) return [job, title];
      throw new InvalidInput(
        `input stages has the line ${JSON.stringify(each)}: it must be JOB=TITLE, such as test-api=Test API`
      );
    })
  );
}
function stagesOf(stages, needs) {
  const titled2 = [...stages].map(([job, title]) => ({ title, result: needs[job]?.result }));
  const others = Object.entries(needs).filter(([job]) => !stages.has(job)).map(([job, { result }]) => ({ title: job, result }));
  return [...titled2, ...others];
}

// actions/slack-notify/src/render/texts/clock.ts
function spell(milliseconds, units) {
  const seconds = Math.max(0, Math.round(milliseconds / 1e3));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const parts = [
    [days, units.day],
    [hours % 24, units.hour],
    [minutes % 60, units.minute],
    [seconds % 60, units.second]
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return `0\xA0${units.second}`;
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0);
  return shown.map(([count, unit]) => `${count}\xA0${unit}`).join(" ");
}
function timeOfDay(moment) {
  const [, time2] = /^\d{4}-\d\d-\d\dT(\d\d:\d\d)(?::\d\d)?Z$/.exec(moment ?? "") ?? [];
  return time2 === void 0 ? void 0 : `${time2}\xA0UTC`;
}

// actions/slack-notify/src/render/texts/english.ts
var english = {
  headline: {
    live: "\u2705 Staging is up to date",
    redeployed: "\u2705 Staging is redeployed",
    "rolled-back-by-hand": "\u21A9\uFE0F Staging went back, as asked",
    unconfirmed: "\u26A0\uFE0F Deployed to staging, but not confirmed",
    unverified: "\u26A0\uFE0F Deployed to staging, but not fully verified",
    "failed-before-deploy": "\u274C Failed before the deployment: staging did not change",
    "failed-to-migrate": "\u274C The migration failed: staging stays on the old release",
    held: "\u274C Not deployed: staging is in other hands",
    "still-on-old": "\u274C The deployment failed: staging stays on the old release",
    "rolled-back": "\u274C Failed: staging is back on the release before",
    "rolled-back-by-host": "\u274C Not confirmed: the server went back to the release before",
    "nothing-live": "\u274C Failed: nothing is live on staging yet",
    "taken-down": "\u21A9\uFE0F The release was taken down, as asked: nothing is live on staging yet",
    "taken-down-by-host": "\u274C Not confirmed: the server took the release down, nothing is live yet",
    "rollback-failed": "\u{1F6A8} The rollback failed: staging needs somebody",
    "not-rolled-back": "\u26D4 Not rolled back: staging did not change",
    replaced: "\u26A0\uFE0F Done, but staging runs another release by now",
    failed: "\u274C The staging pipeline failed",
    cancelled: "\u{1F6AB} The staging pipeline was cancelled",
    refused: "\u26D4 The deployment was refused",
    "nothing-deployed": "\u23F8\uFE0F Nothing was deployed to staging",
    "tested-only": "\u{1F9EA} Tested, but nothing was deployed to staging",
    "tests-failed": "\u274C Tests of staging failed; nothing was deployed"
  },
  running: {
    deploy: "\u23F3 Deploying to staging",
    redeploy: "\u23F3 Redeploying to staging",
    rollback: "\u23F3 Rolling staging back",
    test: "\u23F3 Testing staging"
  },
  label: {
    live: "Live now",
    duration: "Duration",
    environment: "Environment",
    migrations: "Migrations",
    failedIn: "Failed",
    cancelledIn: "Cancelled",
    redeploy: "Redeploy the last good release",
    scan: "Found by the scans",
    smoke: "Smoke tests",
    release: "Release"
  },
  nothingFound: "nothing",
  notChecked: (what) => `not checked: ${what}`,
  scanned: {},
  button: {
    environment: "Open staging",
    run: "Open the run",
    compare: "See the changes"
  },
  now: {
    confirmed: (release) => release,
    provisional: (release, until) => `${release}, provisional: it is taken back${until ? ` at ${until}` : ""} unless it is confirmed`,
    unconfirmed: (release) => `${release}, which nobody has confirmed`,
    old: (release) => release === void 0 ? "the same as before" : `the release before, ${release}`,
    apart: (hosts) => `not the same everywhere: ${hosts}`,
    nothing: "nothing: there is no release yet",
    unknown: "unknown: look on the server"
  },
  remark: {
    unreachable: "\u26A0\uFE0F The server did not answer: what is live is taken from the results of the jobs.",
    working: (release) => `\u23F3 The server is still at work on ${release}.`,
    held: (by, release, until) => `\u{1F512} Staging is in the hands of ${by}, with ${release}${until ? `, until ${until} at the latest` : ""}.`,
    // No colon behind what others wrote: with one before it makes a picture.
    locked: (by, reason) => `\u{1F512} Deploys are on hold by ${by} \u2013 ${reason}`,
    displaced: (run, commit, actor) => `\u23ED\uFE0F Run ${run} of ${actor}, for ${commit}, waited until this one took its place, and has deployed nothing.`,
    journal: (host, line3) => `\u{1F6A8} The journal of ${host} is not the one that an earlier run saw: line ${line3} is gone or another. Somebody changed or removed it, or the server was set up anew.`,
    notChecked: (what, scans2) => `\u2754 Not checked in ${scans2}: ${what}. Nothing is known of it.`,
    suite: (name2, failed2, tests, first) => tests === 0 ? `\u26A0\uFE0F ${name2} \u2013 no test ran. The release stays.` : `\u26A0\uFE0F ${name2} \u2013 ${failed2} of ${tests} failed, and the release stays: ${first}`
  },
  byHand: {
    restored: "\u{1F5C4}\uFE0F The database of staging was restored",
    locked: "\u{1F512} Deployments to staging are on hold",
    unlocked: "\u{1F513} Deployments to staging go on",
    by: (who) => `by hand, by ${who}`,
    before: "Before",
    backup: "Backup",
    revision: "Revision of the schema",
    reason: "Reason",
    ended: "Ended"
  },
  noCommitMessage: "(no commit message)",
  thisRelease: "the new release",
  details: "Details",
  log: "End of the log",
  broke: "Staging goes from green to red.",
  recovered: (duration2) => duration2 === void 0 ? "\u{1F49A} Back to green." : `\u{1F49A} Back to green after ${duration2}.`,
  attempt: (number3) => `attempt ${number3}`,
  migrated: (from, to) => `${from} \u2192 ${to}`,
  more: (count) => `and ${count} more`,
  passed: (passed, total) => `${passed} of ${total} passed`,
  duration: (milliseconds) => spell(milliseconds, { second: "s", minute: "min", hour: "h", day: "d" })
};

// actions/slack-notify/src/render/texts/french.ts
var colon = "\xA0:";
var french = {
  headline: {
    live: "\u2705 Staging est \xE0 jour",
    redeployed: "\u2705 Staging est red\xE9ploy\xE9",
    "rolled-back-by-hand": "\u21A9\uFE0F Staging est revenu en arri\xE8re, \xE0 la demande",
    unconfirmed: "\u26A0\uFE0F D\xE9ploy\xE9 sur staging, mais pas confirm\xE9",
    unverified: "\u26A0\uFE0F D\xE9ploy\xE9 sur staging, mais pas enti\xE8rement v\xE9rifi\xE9",
    "failed-before-deploy": `\u274C \xC9chec avant le d\xE9ploiement${colon} staging n\u2019a pas chang\xE9`,
    "failed-to-migrate": `\u274C \xC9chec de la migration${colon} staging garde l\u2019ancienne version`,
    held: `\u274C Pas d\xE9ploy\xE9${colon} staging est entre d\u2019autres mains`,
    "still-on-old": `\u274C \xC9chec du d\xE9ploiement${colon} staging garde l\u2019ancienne version`,
    "rolled-back": `\u274C \xC9chec${colon} staging est revenu \xE0 la version pr\xE9c\xE9dente`,
    "rolled-back-by-host": `\u274C Pas confirm\xE9${colon} le serveur est revenu \xE0 la version pr\xE9c\xE9dente`,
    "nothing-live": `\u274C \xC9chec${colon} rien n\u2019est encore en ligne sur staging`,
    "taken-down": `\u21A9\uFE0F Version retir\xE9e \xE0 la demande${colon} rien n\u2019est encore en ligne sur staging`,
    "taken-down-by-host": `\u274C Pas confirm\xE9${colon} le serveur a retir\xE9 la version, rien n\u2019est encore en ligne`,
    "rollback-failed": `\u{1F6A8} Le retour en arri\xE8re a \xE9chou\xE9${colon} staging a besoin de quelqu\u2019un`,
    "not-rolled-back": `\u26D4 Pas de retour en arri\xE8re${colon} staging n\u2019a pas chang\xE9`,
    replaced: "\u26A0\uFE0F Termin\xE9, mais staging ex\xE9cute maintenant une autre version",
    failed: "\u274C \xC9chec du pipeline de staging",
    cancelled: "\u{1F6AB} Pipeline de staging annul\xE9",
    refused: "\u26D4 D\xE9ploiement refus\xE9",
    "nothing-deployed": "\u23F8\uFE0F Rien n\u2019a \xE9t\xE9 d\xE9ploy\xE9 sur staging",
    "tested-only": "\u{1F9EA} Test\xE9, mais rien n\u2019a \xE9t\xE9 d\xE9ploy\xE9 sur staging",
    "tests-failed": "\u274C Les tests de staging ont \xE9chou\xE9, rien n\u2019a \xE9t\xE9 d\xE9ploy\xE9"
  },
  running: {
    deploy: "\u23F3 D\xE9ploiement sur staging en cours",
    redeploy: "\u23F3 Red\xE9ploiement sur staging en cours",
    rollback: "\u23F3 Retour en arri\xE8re de staging en cours",
    test: "\u23F3 Tests de staging en cours"
  },
  label: {
    live: "En ligne maintenant",
    duration: "Dur\xE9e",
    environment: "Environnement",
    migrations: "Migrations",
    failedIn: "En \xE9chec",
    cancelledIn: "Annul\xE9",
    redeploy: "Red\xE9ployer la derni\xE8re bonne version",
    scan: "Trouv\xE9 par les analyses",
    smoke: "Tests de fum\xE9e",
    release: "Version"
  },
  nothingFound: "rien",
  notChecked: (what) => `non v\xE9rifi\xE9${colon} ${what}`,
  scanned: { everything: "tout", "known vulnerabilities": "les vuln\xE9rabilit\xE9s connues" },
  button: {
    environment: "Ouvrir staging",
    run: "Voir l\u2019ex\xE9cution",
    compare: "Voir les changements"
  },
  now: {
    confirmed: (release) => release,
    provisional: (release, until) => `${release}, provisoire${colon} elle est retir\xE9e${until ? ` \xE0 ${until}` : ""} si rien ne la confirme`,
    unconfirmed: (release) => `${release}, que personne n\u2019a confirm\xE9e`,
    old: (release) => release === void 0 ? "la m\xEAme chose qu\u2019avant" : `la version pr\xE9c\xE9dente, ${release}`,
    apart: (hosts) => `pas la m\xEAme partout${colon} ${hosts}`,
    nothing: `rien${colon} il n\u2019y a encore aucune version`,
    unknown: `inconnu${colon} \xE0 v\xE9rifier sur le serveur`
  },
  remark: {
    unreachable: `\u26A0\uFE0F Le serveur n\u2019a pas r\xE9pondu${colon} ce qui est en ligne est d\xE9duit des r\xE9sultats des jobs.`,
    working: (release) => `\u23F3 Le serveur travaille encore sur ${release}.`,
    held: (by, release, until) => `\u{1F512} Staging est entre les mains de ${by}, avec ${release}${until ? `, jusqu\u2019\xE0 ${until} au plus tard` : ""}.`,
    locked: (by, reason) => `\u{1F512} D\xE9ploiements suspendus par ${by}${colon} ${reason}`,
    displaced: (run, commit, actor) => `\u23ED\uFE0F L\u2019ex\xE9cution ${run} de ${actor}, pour ${commit}, attendait quand celle-ci a pris sa place${colon} elle n\u2019a rien d\xE9ploy\xE9.`,
    journal: (host, line3) => `\u{1F6A8} Le journal de ${host} n\u2019est plus celui qu\u2019une ex\xE9cution ant\xE9rieure a vu${colon} la ligne ${line3} a disparu ou chang\xE9. Quelqu\u2019un l\u2019a modifi\xE9 ou supprim\xE9, ou le serveur a \xE9t\xE9 r\xE9install\xE9.`,
    notChecked: (what, scans2) => `\u2754 Non v\xE9rifi\xE9 dans ${scans2}${colon} ${what}. On n\u2019en sait rien.`,
    suite: (name2, failed2, tests, first) => tests === 0 ? `\u26A0\uFE0F ${name2}${colon} aucun test ne s\u2019est ex\xE9cut\xE9. La version reste en ligne.` : `\u26A0\uFE0F ${name2}${colon} ${failed2} sur ${tests} en \xE9chec, et la version reste en ligne${colon} ${first}`
  },
  byHand: {
    restored: "\u{1F5C4}\uFE0F La base de staging a \xE9t\xE9 restaur\xE9e",
    locked: "\u{1F512} Les d\xE9ploiements sur staging sont suspendus",
    unlocked: "\u{1F513} Les d\xE9ploiements sur staging reprennent",
    by: (who) => `\xE0 la main, par ${who}`,
    before: "Avant",
    backup: "Sauvegarde",
    revision: "R\xE9vision du sch\xE9ma",
    reason: "Raison",
    ended: "Termin\xE9"
  },
  noCommitMessage: "(sans message de commit)",
  thisRelease: "la nouvelle version",
  details: "D\xE9tails",
  log: "Fin du journal",
  broke: "Staging passe du vert au rouge.",
  recovered: (duration2) => duration2 === void 0 ? "\u{1F49A} Retour au vert." : `\u{1F49A} Retour au vert apr\xE8s ${duration2}.`,
  attempt: (number3) => `essai ${number3}`,
  migrated: (from, to) => `${from} \u2192 ${to}`,
  more: (count) => `et ${count} de plus`,
  passed: (passed, total) => `${passed} sur ${total} r\xE9ussis`,
  duration: (milliseconds) => spell(milliseconds, { second: "s", minute: "min", hour: "h", day: "j" })
};

// actions/slack-notify/src/render/texts/languages.ts
var locales = ["fr", "en"];
var byLocale = { fr: french, en: english };
function textsIn(locale) {
  return byLocale[locale];
}

// actions/slack-notify/src/slack/destination.ts
var place = /^(?:(?<channel>[CDG][A-Z0-9]{6,20}):)?(?<ts>\d{1,12}\.\d{1,9})$/;
function formatPlace({ channel, ts }) {
  return channel === void 0 ? ts : `${channel}:${ts}`;
}
function parsePlace(text) {
  const { channel, ts } = place.exec(text)?.groups ?? {};
  if (ts === void 0) throw new Error(`${JSON.stringify(text)} is not the place of a message`);
  return { channel, ts };
}
function postedAt({ ts }) {
  return new Date(Number.parseFloat(ts) * 1e3);
}

// actions/slack-notify/src/inputs.ts
var secretInputs = ["webhook-url", "bot-token", "github-token"];
var phases = ["start", "progress", "finish"];
var webAddress = string2().check(_regex(/^https?:\/\/[^\s<>|]+$/, "must be an address that begins with https://"));
var name = string2().check(_regex(/^[\w.:+-]{1,100}$/, "must be one word, such as staging"));
var flag = pipe(
  _default(_enum(["true", "false"], "must be true or false"), "false"),
  transform((text) => text === "true")
);
var schema2 = object({
  phase: _default(_enum(phases, "must be start, progress or finish"), "finish"),
  needs: optional(string2()),
  "webhook-url": optional(string2()),
  "bot-token": optional(string2()),
  channel: optional(
    string2().check(_regex(/^[#A-Za-z0-9][^\s<>,]*$/, "must be a channel such as #staging-alerts"))
  ),
  message: optional(string2()),
  locale: _default(_enum(locales, "must be fr or en"), "fr"),
  operation: _default(_enum(operations, "must be deploy, redeploy, rollback or test"), "deploy"),
  stages: _default(string2(), ""),
  "optional-jobs": _default(string2(), ""),
  environment: _default(name, "staging"),
  "environment-url": optional(webAddress),
  release: optional(string2()),
  "release-state": _default(string2(), "unknown"),
  "host-status": optional(string2()),
  "previous-release": optional(string2()),
  commit: optional(string2()),
  "migration-from": optional(string2()),
  "migration-to": optional(string2()),
  migrations: optional(string2()),
  "scan-counts": optional(string2()),
  "smoke-results": optional(string2()),
  "suite-results": optional(string2()),
  mention: _default(string2(), ""),
  "record-outcome": flag,
  "time-budget": pipe(
    _default(string2(), "20"),
    pipe(transform(Number), number2()).check(_gte(1, "must be 1 to 300 seconds"), _lte(300, "must be 1 to 300 seconds"))
  ),
  required: flag,
  "github-token": optional(string2()),
  "slack-api-url": _default(webAddress, "https://slack.com/api/")
});
function readInputs(read) {
  const parsed = parseInputs(schema2, read, secretInputs);
  const problems = [];
  const orNothing = (name2, parse2) => {
    const text = parsed[name2];
    if (typeof text !== "string") return void 0;
    try {
      return parse2(text);
    } catch {
      problems.push(`input ${name2} cannot be read, so the message is sent without it`);
      return void 0;
    }
  };
  const unreadable = parsed["host-status"] === void 0 ? void 0 : "unreachable";
  return {
    phase: parsed.phase,
    needs: needsOf(parsed),
    destination: destinationFrom(parsed),
    message: orNothing("message", parsePlace),
    locale: parsed.locale,
    operation: parsed.operation,
    stages: parseStages(parsed.stages),
    optionalJobs: new Set(inputLines(parsed["optional-jobs"])),
    environment: parsed.environment,
    environmentUrl: parsed["environment-url"],
    release: orNothing("release", word2),
    state: releaseStateFrom(parsed["release-state"]),
    host: orNothing("host-status", parseHostStatus) ?? unreadable,
    previousRelease: orNothing("previous-release", word2),
    commit: orNothing("commit", sha),
    migrationFrom: parsed["migration-from"],
    migrationTo: parsed["migration-to"],
    migrations: orNothing("migrations", parseMigrations) ?? [],
    scanCounts: orNothing("scan-counts", parseScanCounts) ?? [],
    smokeResults: orNothing("smoke-results", parseSmokeResults) ?? [],
    suiteResults: orNothing("suite-results", parseSuiteResults) ?? [],
    mentions: parseMentions(parsed.mention),
    recordOutcome: parsed["record-outcome"],
    timeBudget: parsed["time-budget"] * 1e3,
    githubToken: parsed["github-token"],
    problems
  };
}
function word2(text) {
  if (!/^\w[\w.-]{0,99}$/.test(text)) throw new Error("it is not one word");
  return text;
}
function sha(text) {
  if (!/^[0-9a-f]{7,64}$/.test(text)) throw new Error("it is no SHA");
  return text;
}
function isRequired(read) {
  return read("required") === "true";
}
function needsOf({ needs, phase }) {
  if (needs !== void 0) {
    const parsed = parseNeeds(needs);
    if (phase !== "finish" || Object.keys(parsed).length > 0) return parsed;
  }
  if (phase === "start") return {};
  throw new InvalidInput(
    `input needs must name at least one job at phase ${phase}: it must be \${{ toJSON(needs) }}`
  );
}
function destinationFrom(parsed) {
  const url = parsed["webhook-url"];
  const token = parsed["bot-token"];
  const { channel } = parsed;
  if (url === void 0 === (token === void 0)) {
    throw new InvalidInput(
      "give one of the inputs webhook-url and bot-token: without either there is nowhere to send the message to"
    );
  }
  if (url !== void 0) return { kind: "webhook", url };
  if (token !== void 0 && channel !== void 0) {
    return { kind: "bot", token, channel, apiUrl: parsed["slack-api-url"] };
  }
  throw new InvalidInput(
    "input channel is missing: a bot posts to a channel, such as #staging-alerts"
  );
}

// actions/slack-notify/src/deadline.ts
function deadlineAfter(budget, began = performance.now()) {
  const remaining = () => Math.max(0, began + budget - performance.now());
  return { signal: AbortSignal.timeout(Math.ceil(remaining())), remaining };
}

// actions/slack-notify/src/decide/journals.ts
function journalsOf(host) {
  if (host === void 0 || host === "unreachable") return void 0;
  const told = host.flatMap(
    ({ host: name2, journal }) => journal === void 0 ? [] : [[name2, `${journal.line} ${journal.hash}`]]
  );
  return told.length === 0 ? void 0 : Object.fromEntries(told);
}
function journalRemarks(host, known) {
  if (host === void 0 || host === "unreachable" || known === void 0) return [];
  return host.flatMap((report2) => {
    const line3 = brokenAt(report2, known[report2.host]);
    return line3 === void 0 ? [] : [{ kind: "journal", host: report2.host, line: line3 }];
  });
}
function brokenAt({ journal }, known) {
  const [, number3, hash = ""] = /^(\d+) ([0-9a-f]{64})$/.exec(known ?? "") ?? [];
  if (number3 === void 0) return void 0;
  const line3 = Number(number3);
  if (journal === void 0 || journal.line < line3) return line3;
  const { from, hashes } = journal.recent ?? { from: journal.line, hashes: [journal.hash] };
  const now = hashes[line3 - from];
  return now === void 0 || hash.startsWith(now) ? void 0 : line3;
}

// actions/slack-notify/src/decide/live-now.ts
function liveNow(told, state, outcome) {
  const { host } = told;
  return host === void 0 || host === "unreachable" ? liveByState(told, state, outcome) : liveOnHosts(host, told);
}
function liveOnHosts(hosts, { release, previousRelease }) {
  const report2 = commonReport(hosts);
  if (report2 === void 0) return { kind: "apart", hosts };
  const { current, commit, transaction: transaction2 } = report2;
  if (current === "") return { kind: "nothing" };
  const live = { release: current, ...commit !== "" && { commit } };
  if (transaction2?.release === current && transaction2.phase === "provisional")
    return { kind: "provisional", ...live, until: transaction2.deadline };
  if (stateOnHost(report2, current) !== "confirmed") return { kind: "unconfirmed", ...live };
  const old = current === previousRelease && current !== release;
  return { kind: old ? "old" : "confirmed", ...live };
}
function liveByState(told, state, outcome) {
  const { release, previousRelease } = told;
  const old = { kind: "old", release: previousRelease };
  switch (state) {
    case "confirmed":
      return outcome === "rollback-failed" ? { kind: "unknown" } : { kind: "confirmed", release };
    case "provisional":
      return { kind: "provisional", release };
    case "rolled-back":
      return told.operation === "rollback" ? { kind: "confirmed", release } : old;
    case "rolled-back-by-host":
    case "untouched":
    case "held":
    case "refused":
      return old;
    case "nothing-live":
    case "taken-down-by-host":
      return { kind: "nothing" };
    case "replaced":
    case "unsettled":
      return { kind: "unknown" };
    case "unknown":
      return deploymentRan(told) && outcome !== "rolled-back" ? { kind: "unknown" } : old;
  }
}
function deploymentRan({ needs }) {
  return ["deploy", "rollback", "smoke"].some((job) => {
    const result = needs[job]?.result;
    return result !== void 0 && result !== "skipped";
  });
}

// actions/slack-notify/src/decide/outcome.ts
function decideOutcome(verdicts) {
  const { needs, state, operation } = verdicts;
  if (state === "refused") return "refused";
  if (state === "rolled-back-by-host" || state === "taken-down-by-host") return state;
  if (operation === "rollback") return ofRollbackByHand(verdicts);
  if (operation === "test") return ofTests(needs);
  const returned = ofRollback(verdicts);
  if (returned !== void 0) return returned;
  const results2 = Object.values(needs).map(({ result }) => result);
  if (results2.includes("failure")) return ofFailure(verdicts);
  if (results2.includes("cancelled")) return "cancelled";
  return needs.deploy?.result === "success" ? ofDeployment(verdicts) : withoutDeployment(needs);
}
function colourOf(outcome) {
  switch (outcome) {
    case "live":
    case "redeployed":
    case "rolled-back-by-hand":
      return "green";
    case "unverified":
    case "replaced":
    case "taken-down":
    case "not-rolled-back":
    case "cancelled":
    case "refused":
    case "nothing-deployed":
    case "tested-only":
    case "tests-failed":
      return void 0;
    default:
      return "red";
  }
}
function ofRollbackByHand({ needs, state }) {
  const results2 = Object.values(needs).map(({ result }) => result);
  const done = needs.rollback?.result ?? needs.deploy?.result;
  if (done === "failure") {
    if (state === "untouched") return "not-rolled-back";
    return state === "rolled-back" || state === "nothing-live" ? "failed" : "rollback-failed";
  }
  if (results2.includes("failure")) return done === "success" ? "failed" : "failed-before-deploy";
  if (results2.includes("cancelled")) return "cancelled";
  if (done !== "success") return "nothing-deployed";
  if (state === "replaced") return "replaced";
  if (state === "nothing-live") return "taken-down";
  if (state === "unsettled") return "rollback-failed";
  return state === "confirmed" || state === "rolled-back" ? "rolled-back-by-hand" : "unconfirmed";
}
function ofRollback({ needs, state }) {
  if (state === "rolled-back") return "rolled-back";
  if (["untouched", "held", "replaced", "nothing-live"].includes(state)) return void 0;
  const result = needs.rollback?.result;
  if (result === "failure" || result === "cancelled") return "rollback-failed";
  if (result !== "success") return void 0;
  return state === "unknown" ? "rolled-back" : "rollback-failed";
}
function ofFailure({ needs, state }) {
  const switched = state === "confirmed" || state === "provisional";
  if (switched) return "failed";
  if (needs.migrate?.result === "failure") {
    return state === "nothing-live" ? state : "failed-to-migrate";
  }
  const deploy = needs.deploy?.result;
  if (deploy === void 0 || deploy === "skipped") return "failed-before-deploy";
  if (state === "held" || state === "nothing-live") return state;
  return state === "untouched" ? "still-on-old" : "failed";
}
function ofTests(needs) {
  const results2 = Object.values(needs).map(({ result }) => result);
  if (results2.includes("failure")) return "tests-failed";
  return results2.includes("cancelled") ? "cancelled" : "tested-only";
}
function withoutDeployment(needs) {
  const results2 = gates(needs);
  const tested = results2.length > 0 && results2.every((result) => result === "success");
  return tested ? "tested-only" : "nothing-deployed";
}
function ofDeployment(verdicts) {
  const { needs, state, operation, optionalJobs, fullyScanned = true } = verdicts;
  if (state === "replaced" || state === "nothing-live") return state;
  if (state !== "confirmed") return "unconfirmed";
  const redeploying = operation === "redeploy";
  const passed = (result) => result === "success" || redeploying && result === "skipped";
  const migrated = needs.migrate === void 0 || passed(needs.migrate.result);
  const obliged = Object.fromEntries(
    Object.entries(needs).filter(
      ([id, { result }]) => result !== "skipped" || !optionalJobs?.has(id)
    )
  );
  const verified = needs.smoke?.result === "success" && migrated && gates(obliged).every(passed);
  if (!verified || !fullyScanned) return "unverified";
  return redeploying ? "redeployed" : "live";
}
function gates(needs) {
  const { deploy: _, migrate: __, smoke: ___, rollback: ____, ...others } = needs;
  return Object.values(others).map(({ result }) => result);
}

// actions/slack-notify/src/decide/redeploy.ts
var word3 = /^[A-Za-z0-9][\w./-]{0,150}$/;
function redeployCommand(redeployment) {
  const { outcome, release, repository, workflowFile, branch } = redeployment;
  if (outcome === void 0 || colourOf(outcome) !== "red") return void 0;
  if (release === void 0 || workflowFile === void 0) return void 0;
  if (![release, repository, workflowFile].every((part2) => word3.test(part2))) return void 0;
  const ref = word3.test(branch) ? ` --ref ${branch}` : "";
  return `gh workflow run ${workflowFile} --repo ${repository}${ref} -f release=${release}`;
}

// actions/slack-notify/src/decide/remarks.ts
function displacedRemarks(runs) {
  return runs.map((run) => ({ kind: "displaced", ...run }));
}
function suiteRemarks(results2) {
  return results2.filter(({ tests, failed: failed2 }) => failed2 > 0 || tests === 0).map((result) => ({ kind: "suite", ...result }));
}
function scanRemarks(scans2) {
  const lacking = scans2.filter(({ notChecked }) => notChecked !== "");
  return [...Map.groupBy(lacking, ({ notChecked }) => notChecked)].map(([what, same]) => ({
    kind: "not-checked",
    what,
    scans: same.map(({ name: name2 }) => name2)
  }));
}
function remarksOf(host, requester) {
  if (host === void 0) return [];
  if (host === "unreachable") return [{ kind: "unreachable" }];
  const remarks = host.flatMap((report2) => [...underWay(report2, requester), ...locked(report2)]);
  return remarks.filter(
    (remark, index) => remarks.findIndex(({ kind }) => kind === remark.kind) === index
  );
}
function underWay({ transaction: transaction2 }, requester) {
  if (transaction2 === void 0) return [];
  const { phase, release, owner, actor, runUrl, deadline } = transaction2;
  if (owner !== requester)
    return [{ kind: "held", release, by: actor || owner, runUrl, until: deadline }];
  return phase === "provisional" ? [] : [{ kind: "working", release }];
}
function locked({ hold }) {
  return hold === void 0 ? [] : [{ kind: "locked", ...hold }];
}

// actions/slack-notify/src/decide/facts.ts
function outcomeOf(inputs, { requester }) {
  if (inputs.phase !== "finish") return void 0;
  const fullyScanned = inputs.scanCounts.every(({ notChecked }) => notChecked === "");
  return decideOutcome({ ...inputs, state: releaseState(inputs, requester), fullyScanned });
}
function collectFacts({ inputs, context, findings, now }) {
  const outcome = outcomeOf(inputs, context);
  const repository = `${context.owner}/${context.repo}`;
  const repositoryUrl = `${context.serverUrl}/${repository}`;
  const commit = inputs.commit ?? context.sha;
  const before = commitOfRelease(inputs.previousRelease ?? findings.lastGood);
  return {
    outcome,
    operation: inputs.operation,
    stages: stagesOf(inputs.stages, inputs.needs),
    repository,
    repositoryUrl,
    runUrl: `${repositoryUrl}/actions/runs/${context.runId}${context.attempt > 1 ? `/attempts/${context.attempt}` : ""}`,
    runId: context.runId,
    attempt: context.attempt,
    commit,
    commitUrl: `${repositoryUrl}/commit/${commit}`,
    commitMessage: findings.commit?.message,
    author: findings.commit?.author || context.actor,
    branch: context.branch,
    compareUrl: before === void 0 || commit.startsWith(before) ? void 0 : `${repositoryUrl}/compare/${before}...${commit}`,
    environmentUrl: inputs.environmentUrl,
    release: inputs.release,
    now: liveNow(inputs, releaseState(inputs, context.requester), outcome),
    remarks: [
      ...displacedRemarks(findings.displaced),
      ...scanRemarks(inputs.scanCounts),
      ...suiteRemarks(inputs.suiteResults),
      ...remarksOf(inputs.host, context.requester),
      ...journalRemarks(inputs.host, findings.journals)
    ],
    duration: findings.began === void 0 ? void 0 : now.getTime() - findings.began.getTime(),
    failedSteps: findings.failedSteps,
    migrationFrom: inputs.migrationFrom,
    migrationTo: inputs.migrationTo,
    migrations: inputs.migrations,
    scanCounts: inputs.scanCounts,
    smokeResults: inputs.smokeResults,
    transition: findings.transition,
    redeploy: redeployCommand({
      outcome,
      release: inputs.previousRelease ?? findings.lastGood,
      repository,
      workflowFile: context.workflowFile,
      branch: context.branch
    })
  };
}

// actions/slack-notify/src/render/fit.ts
var longestBlocks = 12e3;
var mostBlocks = 50;
function fitted(message) {
  const blocks = [...message.blocks];
  while (blocks.length > mostBlocks || lengthOf(blocks) > longestBlocks) {
    const last = blocks.findLastIndex(({ type }) => type !== "header" && type !== "actions");
    if (last < 0) break;
    blocks.splice(last, 1);
  }
  const leftOut = message.blocks.length - blocks.length;
  return leftOut === 0 ? { message, leftOut } : { message: { ...message, blocks }, leftOut };
}
function lengthOf(blocks) {
  return JSON.stringify(blocks).length;
}

// actions/slack-notify/src/render/mrkdwn.ts
var longestLink = 400;
function escapeMrkdwn(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
function untrusted(text, limit) {
  return escapeMrkdwn(inert(oneLine(text, limit)));
}
function link(address, label) {
  const text = escapeMrkdwn(inert(label)).replaceAll("|", "\u2223");
  const href = webAddress2(address);
  if (href === void 0 || href.length > longestLink) return text;
  const safe = href.replaceAll(/[|<>`]/g, (mark) => encodeURIComponent(mark));
  return `<${safe.replaceAll("&", "&amp;")}|${text}>`;
}
function webAddress2(address) {
  if (!URL.canParse(address)) return void 0;
  const { href, protocol, username, password } = new URL(address);
  if (username !== "" || password !== "") return void 0;
  return (protocol === "https:" || protocol === "http:") && href.length <= 3e3 ? href : void 0;
}
function codeBlock(lines) {
  const text = escapeMrkdwn(lines.join("\n").replaceAll("`", "\u02CB"));
  return `\`\`\`
${text}
\`\`\``;
}
function mrkdwn(text) {
  return { type: "mrkdwn", text, verbatim: true };
}
function plain(text) {
  return { type: "plain_text", text, emoji: false };
}
var lookalikes = { "*": "\u2217", "~": "\u223C", "`": "\u02CB" };
function inert(text) {
  return text.replaceAll(/[*~`]/g, (mark) => lookalikes[mark] ?? mark).replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\u02CD").replaceAll(/:(?=[\w+-]+:)/g, "\u2236");
}

// actions/slack-notify/src/render/message-parts.ts
var valueLimit = 120;
var errorLimit = 200;
var placesLimit = 2800;
var mostFailedSteps = 5;
var mostStages = 20;
var titleLimit = 28;
var signs = { success: "\u2705", failure: "\u274C", cancelled: "\u{1F6AB}", skipped: "\u23ED\uFE0F", open: "\u25AB\uFE0F" };
function stageLine(stages) {
  const all = stages.map(
    ({ title, result }) => `${signs[result ?? "open"]} ${untrusted(title, titleLimit)}`
  );
  const shown = all.slice(0, mostStages);
  return [...shown, ...all.length > shown.length ? ["\u2026"] : []].join("  ");
}
function failureBlocks(facts, words2) {
  const { outcome, failedSteps, stages } = facts;
  if (outcome === void 0) return [];
  const steps = placesOf(failedSteps);
  const jobs = (result) => stages.filter((stage) => stage.result === result).map(({ title }) => untrusted(title, 80));
  const failed2 = steps.length > 0 ? steps : jobs("failure");
  if (failed2.length > 0) return [list(words2.label.failedIn, failed2, words2)];
  const cancelled = jobs("cancelled");
  const told = outcome === "cancelled" || colourOf(outcome) === "red";
  return told && cancelled.length > 0 ? [list(words2.label.cancelledIn, cancelled, words2)] : [];
}
function placesOf(steps) {
  const places = steps.map(
    ({ url, job, step }) => link(url, oneLine(step === void 0 ? job : `${job} \u203A ${step}`, valueLimit))
  );
  const explained = steps.map(({ error: error3 }, index) => {
    const place2 = places[index] ?? "";
    if (error3 === void 0) return place2;
    const colon2 = place2.endsWith(">") ? ": " : " \u2013 ";
    return `${place2}${colon2}${untrusted(error3, errorLimit)}`;
  });
  const length = explained.slice(0, mostFailedSteps).join("").length;
  return length > placesLimit ? places : explained;
}
function list(label, places, words2) {
  const more = places.length - mostFailedSteps;
  const lines = places.slice(0, mostFailedSteps).map((place2) => `\u2022 ${place2}`);
  const rest = more > 0 ? [`\u2022 ${words2.more(more)}`] : [];
  return { type: "section", text: mrkdwn([`*${label}*`, ...lines, ...rest].join("\n")) };
}

// actions/slack-notify/src/render/scanned-in-words.ts
var nameLimit = 80;
function scannedInWords(what, words2) {
  const parts = what.split(", ").map((part2) => words2.scanned[part2] ?? untrusted(part2, nameLimit));
  return parts.join(", ");
}

// actions/slack-notify/src/render/remark-blocks.ts
var nameLimit2 = 80;
var reasonLimit = 300;
function remarkBlocks({ remarks, repositoryUrl }, words2) {
  return remarks.map((remark) => ({
    type: "section",
    text: mrkdwn(remarkText(remark, repositoryUrl, words2))
  }));
}
function remarkText(remark, repositoryUrl, texts) {
  const words2 = texts.remark;
  switch (remark.kind) {
    case "unreachable":
      return words2.unreachable;
    case "working":
      return words2.working(untrusted(remark.release, nameLimit2));
    case "held": {
      const { by, runUrl, release, until } = remark;
      const ours = runUrl.startsWith(`${repositoryUrl}/actions/runs/`);
      const who = ours ? link(runUrl, oneLine(by, nameLimit2)) : untrusted(by, nameLimit2);
      return words2.held(who || "\u2013", untrusted(release, nameLimit2) || "\u2013", timeOfDay(until));
    }
    case "locked":
      return words2.locked(
        untrusted(remark.by, nameLimit2) || "\u2013",
        untrusted(remark.reason, reasonLimit) || "\u2013"
      );
    case "displaced": {
      const { number: number3, url, commit, actor } = remark;
      const ours = url.startsWith(`${repositoryUrl}/actions/runs/`);
      const run = ours ? link(url, `#${number3}`) : `#${number3}`;
      return words2.displaced(
        run,
        untrusted(commit.slice(0, 7), nameLimit2),
        untrusted(actor, nameLimit2) || "\u2013"
      );
    }
    case "journal":
      return words2.journal(untrusted(remark.host, nameLimit2), remark.line);
    case "not-checked": {
      const names = remark.scans.map((name2) => untrusted(name2, nameLimit2)).join(", ");
      return words2.notChecked(scannedInWords(remark.what, texts), names);
    }
    case "suite": {
      const { name: name2, tests, failed: failed2, first } = remark;
      return words2.suite(untrusted(name2, nameLimit2), failed2, tests, untrusted(first, reasonLimit));
    }
  }
}

// actions/slack-notify/src/render/message.ts
var headerLimit = 150;
var subjectLimit = 300;
var nameLimit3 = 80;
var valueLimit2 = 120;
var mostHosts = 5;
function renderMessage(facts, locale, mentions = []) {
  const words2 = textsIn(locale);
  const title = titleOf(facts, words2);
  return {
    text: escapeMrkdwn(title),
    blocks: [
      { type: "header", text: { type: "plain_text", text: title, emoji: true } },
      { type: "section", text: plain(subject(facts, words2)) },
      { type: "context", elements: origin(facts, words2) },
      ...transitionBlocks(facts, words2, mentions),
      ...failureBlocks(facts, words2),
      ...fieldBlocks(facts, words2),
      ...remarkBlocks(facts, words2),
      ...stageBlocks(facts),
      ...redeployBlocks(facts, words2),
      { type: "actions", elements: buttons(facts, words2) }
    ]
  };
}
function titleOf({ outcome, operation, repository }, words2) {
  const headline = outcome === void 0 ? words2.running[operation] : words2.headline[outcome];
  const rest = oneLine(repository, headerLimit - headline.length - 3).replaceAll(":", "\u2236");
  return `${headline} \xB7 ${rest}`.trim();
}
function subject({ commitMessage }, words2) {
  const text = commitMessage?.trimStart().slice(0, 1e4) ?? "";
  return oneLine(text.split(/[\r\n\u2028\u2029]/)[0] ?? "", subjectLimit) || words2.noCommitMessage;
}
function origin(facts, words2) {
  const names = [facts.author, facts.branch].map((name2) => oneLine(name2, nameLimit3)).filter((name2) => name2 !== "");
  return [
    mrkdwn(link(facts.commitUrl, facts.commit.slice(0, 7)) || "\u2013"),
    ...names.map(plain),
    ...facts.attempt > 1 ? [plain(words2.attempt(facts.attempt))] : []
  ];
}
function transitionBlocks({ transition: transition2 }, words2, mentions) {
  if (transition2 === void 0) return [];
  if (transition2.kind === "recovered") {
    const { after } = transition2;
    const duration2 = after === void 0 ? void 0 : words2.duration(after);
    return [{ type: "section", text: mrkdwn(`*${words2.recovered(duration2)}*`) }];
  }
  return [{ type: "section", text: mrkdwn(callText(mentions, words2)) }];
}
function callText(mentions, words2) {
  return [...mentions, words2.broke].join(" ");
}
function fieldBlocks(facts, words2) {
  const { label } = words2;
  const migrated = facts.migrationFrom !== void 0 && facts.migrationTo !== void 0 && facts.migrationFrom !== facts.migrationTo;
  const fields = [
    // A run that only tests has changed nothing, and asks no server.
    ...facts.outcome === void 0 || facts.operation === "test" ? [] : [field(label.live, liveNowText(facts, words2))],
    ...facts.release === void 0 || isLive(facts.release, facts) ? [] : [field(label.release, untrusted(facts.release, valueLimit2))],
    ...facts.duration === void 0 || facts.outcome === void 0 ? [] : [field(label.duration, words2.duration(facts.duration))],
    ...facts.environmentUrl === void 0 ? [] : [
      field(
        label.environment,
        link(facts.environmentUrl, oneLine(facts.environmentUrl, valueLimit2))
      )
    ],
    ...migrated ? [
      field(
        label.migrations,
        words2.migrated(
          untrusted(facts.migrationFrom ?? "", valueLimit2),
          untrusted(facts.migrationTo ?? "", valueLimit2)
        )
      )
    ] : []
  ];
  return fields.length === 0 ? [] : [{ type: "section", fields }];
}
function isLive(release, { now }) {
  return "release" in now && now.release === release;
}
function liveNowText({ now, repositoryUrl }, words2) {
  switch (now.kind) {
    case "unknown":
    case "nothing":
      return words2.now[now.kind];
    case "apart":
      return words2.now.apart(
        now.hosts.slice(0, mostHosts).map(({ host, current }) => untrusted(`${host} \u2013 ${current || "\u2013"}`, valueLimit2)).join(", ")
      );
    case "old":
      return words2.now.old(releaseText(now, repositoryUrl));
    case "provisional":
      return words2.now.provisional(
        releaseText(now, repositoryUrl) ?? words2.thisRelease,
        timeOfDay(now.until)
      );
    default:
      return words2.now[now.kind](releaseText(now, repositoryUrl) ?? words2.thisRelease);
  }
}
function releaseText({ release, commit }, repositoryUrl) {
  if (release === void 0) return void 0;
  return commit === void 0 ? untrusted(release, valueLimit2) : link(`${repositoryUrl}/commit/${commit}`, oneLine(release, valueLimit2));
}
function stageBlocks({ stages }) {
  if (stages.length === 0) return [];
  return [{ type: "context", elements: [mrkdwn(stageLine(stages))] }];
}
function redeployBlocks({ redeploy }, words2) {
  if (redeploy === void 0) return [];
  return [
    {
      type: "section",
      text: mrkdwn(`*${words2.label.redeploy}*
${codeBlock([redeploy])}`)
    }
  ];
}
function buttons({ outcome, environmentUrl, runUrl, compareUrl }, words2) {
  const { button } = words2;
  const addresses = [
    ["environment", button.environment, environmentUrl],
    ["run", button.run, runUrl],
    ["compare", button.compare, compareUrl]
  ];
  const primary = outcome !== void 0 && colourOf(outcome) === "red" ? "run" : "environment";
  return addresses.flatMap(([id, label, address]) => {
    const url = address === void 0 ? void 0 : webAddress2(address);
    if (url === void 0) return [];
    const text = { type: "plain_text", text: label, emoji: false };
    const style = id === primary ? { style: "primary" } : {};
    return [{ type: "button", action_id: id, text, url, ...style }];
  });
}
function field(label, value) {
  return mrkdwn(`*${label}*
${value}`);
}

// actions/slack-notify/src/render/thread.ts
var mostSteps = 2;
var mostMigrations = 15;
var mostScans = 10;
var mostSmokeTests = 15;
var nameLimit4 = 100;
var logLimit = 2e3;
var listLimit = 1200;
var lineLimit = 200;
function detailBlocks(facts, locale) {
  const words2 = textsIn(locale);
  return [
    ...logBlocks(facts.failedSteps, words2),
    ...migrationBlocks(facts, words2),
    ...scanBlocks(facts.scanCounts, words2),
    ...smokeBlocks(facts.smokeResults, words2)
  ];
}
function renderReply(facts, locale, mentions) {
  const words2 = textsIn(locale);
  const call = mentions.length === 0 ? [] : [{ type: "section", text: mrkdwn(callText(mentions, words2)) }];
  const blocks = [...call, ...detailBlocks(facts, locale)];
  if (blocks.length === 0) return void 0;
  return { text: escapeMrkdwn(`${words2.details} \xB7 ${titleOf(facts, words2)}`), blocks };
}
function logBlocks(steps, words2) {
  return steps.slice(0, mostSteps).filter(({ log: log2 }) => log2.length > 0).map(({ job, step, url, log: log2 }) => {
    const place2 = link(url, oneLine(step === void 0 ? job : `${job} \u203A ${step}`, nameLimit4));
    return section(`*${words2.log}* \xB7 ${place2}
${codeBlock(lastLines(log2))}`);
  });
}
function lastLines(log2) {
  const kept = [];
  let length = 0;
  for (const line3 of log2.map((each) => logLine(each, lineLimit)).reverse()) {
    length += escapeMrkdwn(line3).length + 1;
    if (length > logLimit) break;
    kept.unshift(line3);
  }
  return kept;
}
function migrationBlocks({ migrations: migrations2 }, words2) {
  const lines = migrations2.map(
    ({ revision, message }) => [untrusted(revision, 40), ...message ? [untrusted(message, nameLimit4)] : []].join(" \u2013 ")
  );
  return listBlocks(words2.label.migrations, lines, mostMigrations, words2);
}
function scanBlocks(scans2, words2) {
  const lines = scans2.map(({ name: name2, counts: counts2, notChecked }) => {
    const found = Object.entries(counts2).slice(0, 8).map(([severity, count]) => `${untrusted(severity, 20)} ${count}`.trim());
    const lacking = notChecked === "" ? [] : [`\u2754 ${words2.notChecked(scannedInWords(notChecked, words2))}`];
    const told = [...lacking, ...found];
    return `${untrusted(name2, nameLimit4)} \u2013 ${told.join(", ") || words2.nothingFound}`;
  });
  return listBlocks(words2.label.scan, lines, mostScans, words2);
}
function smokeBlocks(results2, words2) {
  if (results2.length === 0) return [];
  const failed2 = results2.filter(({ passed }) => !passed);
  const head = `${words2.label.smoke} \xB7 ${words2.passed(results2.length - failed2.length, results2.length)}`;
  const lines = failed2.map(
    ({ name: name2, detail }) => ["\u274C", untrusted(name2, nameLimit4), ...detail ? ["\u2013", untrusted(detail, nameLimit4)] : []].join(
      " "
    )
  );
  return lines.length === 0 ? [section(`*${head}*`)] : listBlocks(head, lines, mostSmokeTests, words2);
}
function listBlocks(label, lines, most2, words2) {
  if (lines.length === 0) return [];
  const shown = [];
  let length = 0;
  for (const line3 of lines.slice(0, most2)) {
    length += line3.length + 3;
    if (length > listLimit) break;
    shown.push(`\u2022 ${line3}`);
  }
  const more = lines.length - shown.length;
  return [
    section([`*${label}*`, ...shown, ...more > 0 ? [`\u2022 ${words2.more(more)}`] : []].join("\n"))
  ];
}
function section(text) {
  return { type: "section", text: mrkdwn(text) };
}

// actions/slack-notify/src/deliver/deliver.ts
function preload({ kind }) {
  const loading = kind === "bot" ? import("./bot-TWWIHMUM.mjs") : import("./webhook-5RUH65S3.mjs");
  loading.catch(() => void 0);
}
async function deliver(options) {
  const { inputs, facts, mentions, place: place2, deadline } = options;
  const { destination, phase, locale } = inputs;
  if (destination.kind === "webhook") {
    if (phase !== "finish") {
      return { nothing: "a webhook cannot change what it sent: it tells the end only" };
    }
    const { text, blocks } = renderMessage(facts, locale, mentions);
    const message = { text, blocks: [...blocks, ...detailBlocks(facts, locale)] };
    const { sendToWebhook } = await import("./webhook-5RUH65S3.mjs");
    const problems2 = [];
    await plainlyIfNeeded(
      message,
      problems2,
      (each) => sendToWebhook(destination.url, each, deadline)
    );
    return { place: void 0, problems: problems2 };
  }
  if (place2 === void 0 && phase === "progress") {
    return { nothing: "the run has no message that could be changed: input message is empty" };
  }
  const { openBot } = await import("./bot-TWWIHMUM.mjs");
  const bot = openBot(destination, deadline);
  if (place2 === void 0) {
    const problems2 = [];
    const message = renderMessage(facts, locale, mentions);
    const posted = await plainlyIfNeeded(message, problems2, (each) => bot.post(each));
    return { place: posted, problems: [...problems2, ...await reply(bot, posted, options, [])] };
  }
  const problems = [];
  const changed = await plainlyIfNeeded(
    renderMessage(facts, locale),
    problems,
    (each) => bot.update(place2, each)
  );
  const replied = await reply(bot, changed, options, mentions);
  return { place: changed, problems: [...problems, ...replied] };
}
var aboutBlocks = /* @__PURE__ */ new Set([
  "invalid_blocks",
  "invalid_blocks_format",
  "msg_blocks_too_long",
  "msg_too_long"
]);
async function plainlyIfNeeded(whole, problems, send) {
  const { message, leftOut } = fitted(whole);
  if (leftOut > 0) problems.push(tooLong(leftOut));
  try {
    return await send(message);
  } catch (error3) {
    if (!(error3 instanceof NotDelivered && aboutBlocks.has(error3.code))) throw error3;
    problems.push(`the message has its headline only. ${explain(error3)}`);
    return await send({ text: message.text, blocks: [] });
  }
}
async function reply(bot, place2, { inputs, facts }, mentions) {
  if (inputs.phase !== "finish") return [];
  const whole = renderReply(facts, inputs.locale, mentions);
  if (whole === void 0) return [];
  const { message, leftOut } = fitted(whole);
  try {
    await bot.post(message, { place: place2, broadcast: mentions.length > 0 });
    return leftOut > 0 ? [tooLong(leftOut)] : [];
  } catch (error3) {
    if (!(error3 instanceof NotDelivered)) throw error3;
    return [`the details below the message are missing. ${explain(error3)}`];
  }
}
function tooLong(leftOut) {
  return `the message lacks its last ${leftOut === 1 ? "part" : `${leftOut} parts`}: Slack takes no longer one`;
}

// actions/slack-notify/src/github/outcome-records.ts
var recordTask = "pipeline-outcome";
var payload = object({
  run: number2(),
  attempt: number2(),
  message: optional(string2()),
  /** How the journal of each host ended then: the number of its last line, and that line's SHA-256. */
  journals: optional(record(string2(), string2()))
});
function recordPayload(given) {
  let value = given;
  try {
    if (typeof given === "string") value = JSON.parse(given);
  } catch {
    return void 0;
  }
  return payload.safeParse(value).data;
}
async function fileRecord(github, record2, signal) {
  const { run, attempt } = record2.payload;
  const description = `Run ${run}, attempt ${attempt}`;
  return await fileDeployment(github, { ...record2, description }, signal);
}
async function fileDeployment({ rest, repository }, {
  environment,
  commit,
  payload: content,
  description
}, signal) {
  const { data } = await rest.repos.createDeployment({
    ...repository,
    ref: commit,
    task: recordTask,
    environment,
    payload: content,
    description,
    auto_merge: false,
    required_contexts: [],
    production_environment: false,
    request: { signal }
  });
  if ("id" in data) return data.id;
  throw new Error(`GitHub filed no deployment: ${data.message}`);
}
async function setRecordStatus(github, id, { outcome, runUrl, environmentUrl, release }, signal) {
  const status = {
    state: outcome === void 0 ? "in_progress" : stateOf(outcome),
    description: [outcome ?? "running", ...release === void 0 ? [] : [release]].join(" "),
    logUrl: runUrl,
    environmentUrl
  };
  await setDeploymentStatus(github, id, status, signal);
}
async function setDeploymentStatus({ rest, repository }, id, { state, description, logUrl, environmentUrl }, signal) {
  await rest.repos.createDeploymentStatus({
    ...repository,
    deployment_id: id,
    state,
    description,
    ...logUrl === void 0 ? {} : { log_url: logUrl },
    ...environmentUrl === void 0 ? {} : { environment_url: environmentUrl },
    auto_inactive: false,
    request: { signal }
  });
}
function stateOf(outcome) {
  const colour = colourOf(outcome);
  if (colour === void 0) return "inactive";
  return colour === "green" ? "success" : "failure";
}

// actions/slack-notify/src/deliver/record.ts
async function recordOutcome(recording) {
  const { inputs, context, lookup, facts, place: place2, signal } = recording;
  const { github, records } = lookup;
  if (!inputs.recordOutcome || inputs.phase === "progress") return [];
  const missing = "the next run will not know how this one ended";
  if (github === void 0 || records === void 0) return [`${missing}: GitHub cannot be asked`];
  const { outcome } = facts;
  const journals = journalsOf(inputs.host) ?? lookup.findings.journals;
  const green = outcome !== void 0 && colourOf(outcome) === "green";
  try {
    const id = records.own?.id ?? await fileRecord(
      github,
      {
        environment: inputs.environment,
        commit: context.sha,
        payload: {
          run: context.runId,
          attempt: context.attempt,
          ...place2 === void 0 ? {} : { message: formatPlace(place2) },
          ...journals === void 0 ? {} : { journals }
        }
      },
      signal
    );
    const status = {
      outcome,
      runUrl: facts.runUrl,
      environmentUrl: inputs.environmentUrl,
      release: green ? inputs.release : void 0
    };
    await setRecordStatus(github, id, status, signal);
    return [];
  } catch (error3) {
    const reason = error3 instanceof Error ? error3.message : String(error3);
    return [`${missing}: ${reason}; recording needs the permission deployments: write`];
  }
}

// actions/slack-notify/src/decide/history.ts
function transition(outcome, past, now) {
  const colour = colourOf(outcome);
  const [before] = past.runs;
  if (colour === void 0 || before === void 0 || before.colour === colour) return void 0;
  if (colour === "red") return { kind: "broke" };
  if (!past.complete) return { kind: "recovered", after: void 0 };
  const green = past.runs.findIndex((run) => run.colour === "green");
  const first = (green < 0 ? past.runs : past.runs.slice(0, green)).at(-1);
  return { kind: "recovered", after: first && now.getTime() - first.at.getTime() };
}
function lastGoodRelease({ runs }) {
  return runs.find(({ colour }) => colour === "green")?.release;
}

// actions/slack-notify/src/look-up/commit.ts
async function fetchCommit({ rest, repository }, sha2, signal) {
  const { data } = await rest.repos.getCommit({
    ...repository,
    ref: sha2,
    // Its files are not looked at.
    per_page: 1,
    request: { signal }
  });
  return {
    message: data.commit.message,
    author: data.commit.author?.name ?? "",
    login: data.author && "login" in data.author ? data.author.login : void 0
  };
}

// actions/slack-notify/src/look-up/displaced.ts
var page = 30;
var most = 5;
async function fetchDisplaced({ rest, repository }, { workflowFile, runNumber, branch }, signal) {
  if (workflowFile === void 0 || runNumber === 0) return [];
  const { data } = await rest.actions.listWorkflowRuns({
    ...repository,
    workflow_id: workflowFile,
    branch,
    per_page: page,
    request: { signal }
  });
  const before = data.workflow_runs.filter(({ run_number }) => run_number < runNumber).toSorted((one, other) => other.run_number - one.run_number);
  const displaced = [];
  for (const run of before) {
    if (run.conclusion !== "cancelled" || displaced.length === most || await began(run.id)) break;
    displaced.push({
      number: run.run_number,
      url: run.html_url,
      commit: run.head_sha,
      actor: run.actor?.login ?? ""
    });
  }
  return displaced;
  async function began(run) {
    const { data: jobs } = await rest.actions.listJobsForWorkflowRun({
      ...repository,
      run_id: run,
      request: { signal }
    });
    return jobs.jobs.some(({ steps }) => (steps ?? []).length > 0);
  }
}

// actions/shared/src/first-error.ts
var readers = [
  pytest,
  playwright,
  vitest,
  k6,
  tsc,
  ruff,
  annotation,
  traceback,
  error2
];
function firstError(output) {
  const lines = plainText(output).split("\n").map((line3) => line3.trimEnd()).filter((line3) => line3 !== "" && !ending.test(line3));
  for (const read of readers) {
    const found = read(lines);
    if (found !== void 0) return found.trim();
  }
  return lines.at(-1)?.trim();
}
var ending = /^(?:##\[error\]|error: |::error::)?(?:Process completed with exit code \d+\.?|exitcode '\d+': failure)$/;
function pytest(lines) {
  const [, file, test, reason] = firstMatch(
    lines,
    /^(?:FAILED|ERROR) (\S+\.py)(::[^\s[]+(?:\[.*?\](?= - |$))?)?(?: - (.+))?$/
  ) ?? [];
  if (file === void 0) return void 0;
  return joined(`${nameOf(file)}${test ?? ""}`, reason && compared(reason));
}
function compared(reason) {
  const [, actual, expected] = /^assert (\d+) == (\d+)$/.exec(reason) ?? [];
  if (actual !== void 0) return `expected ${expected}, got ${actual}`;
  return reason.replace(/^AssertionError: /, "");
}
function playwright(lines) {
  const at = lines.findIndex((line3) => /^\s+1\) .+ › .+:\d+:\d+ › /.test(line3));
  if (at < 0) return void 0;
  const [, file, title] = /› (?:\S*\/)?(\S+):\d+ › (.+?)[\s─]*$/.exec(lines[at] ?? "") ?? [];
  const [reason, ...differences] = [errorAfter(lines, at), ...comparedAfter(lines, at)];
  return joined(`${file} \u203A ${title}`, [reason, ...differences].filter(Boolean).join(", "));
}
function comparedAfter(lines, at) {
  const below = lines.slice(at + 1, at + 12);
  return [/^\s*(Expected[\w ]*: .+)$/, /^\s*(Received[\w ]*: .+)$/].flatMap(
    (pattern) => firstMatch(below, pattern)?.[1] ?? []
  );
}
function vitest(lines) {
  const failed2 = /^\s*FAIL\s+(?:\S+\s+)?(\S+\.\w+)(?: > (.+))?$/;
  const at = lines.findIndex((line3) => failed2.test(line3));
  if (at < 0) return void 0;
  const [, file = "", title] = failed2.exec(lines[at] ?? "") ?? [];
  return joined([nameOf(file), title].filter(Boolean).join(" > "), errorAfter(lines, at));
}
function errorAfter(lines, at) {
  const [, reason] = firstMatch(lines.slice(at + 1, at + 8), /^\s*(?:\w*Error: )(.+)$/) ?? [];
  return reason?.replace(/ \/\/ Object\.is equality$/, "");
}
function k6(lines) {
  const [, aborted2] = firstMatch(lines, /level=error msg="test aborted: (.+)"$/) ?? [];
  if (aborted2 !== void 0) return aborted2;
  if (!lines.some((line3) => /level=error msg="thresholds on metrics/.test(line3))) return void 0;
  return firstMatch(lines, /^ +✗ (.+)$/)?.[1];
}
function tsc(lines) {
  const [, place2, line3, reason] = firstMatch(lines, /^(\S+\.[cm]?tsx?)\((\d+),\d+\): error (TS\d+: .+)$/) ?? [];
  return place2 === void 0 ? void 0 : joined(`${place2}:${line3}`, reason);
}
function ruff(lines) {
  const at = lines.findIndex((line3) => /^ +--> \S+:\d+:\d+$/.test(line3));
  const [, place2] = /--> (\S+:\d+):\d+$/.exec(lines[at] ?? "") ?? [];
  return place2 === void 0 ? void 0 : joined(place2, lines[at - 1]?.replace(" [*]", ""));
}
function annotation(lines) {
  return firstMatch(lines, /^(?:##\[error\]|error: )(.+)$/)?.[1];
}
function traceback(lines) {
  const at = lines.findIndex((line3) => line3.startsWith("Traceback (most recent call last):"));
  return at < 0 ? void 0 : lines.slice(at + 1).find((line3) => !line3.startsWith(" "));
}
function error2(lines) {
  return lines.find((line3) => /^\s*(?:npm )?(?:error|fatal)\b|\berror: /i.test(line3));
}
function firstMatch(lines, pattern) {
  for (const line3 of lines) {
    const found = pattern.exec(line3);
    if (found) return found;
  }
  return void 0;
}
function nameOf(path) {
  return path.slice(path.lastIndexOf("/") + 1);
}
function joined(place2, reason) {
  return reason ? `${place2} \u2013 ${reason}` : place2;
}

// actions/slack-notify/src/look-up/job-log.ts
var shownLines = 15;
var longestTail = 256 * 1024;
async function fetchStepLog({ rest, repository }, job, signal) {
  const answer = await rest.actions.downloadJobLogsForWorkflowRun({
    ...repository,
    job_id: job.id,
    // The log lies elsewhere, under an address that needs no token, and may be larger than one wants to hold.
    request: { signal, redirect: "manual" }
  });
  const { location } = answer.headers;
  const data = answer.data;
  if (location === void 0) return readStepLog(typeof data === "string" ? data : "", job);
  const log2 = await openHttp(new URL(location), { signal });
  if (log2.statusCode !== 200) throw new Error(`the log's address answered ${log2.statusCode}`);
  return readStepLog(await tailOf(log2), job);
}
function readStepLog(log2, { stepBegan, stepEnded }) {
  const lines = log2.split("\n").flatMap((line3) => {
    const { time: time2, text = line3 } = timed.exec(line3)?.groups ?? {};
    return during(time2, stepBegan, stepEnded) && text.trim() !== "" ? [text.trimEnd()] : [];
  });
  const error3 = lines.findLastIndex((line3) => line3.startsWith("##[error]"));
  const kept = error3 < 0 ? lines : lines.slice(0, error3 + 1);
  const written = kept.filter((line3) => !/^##\[(?:end)?group\]/.test(line3));
  return {
    log: written.map((line3) => line3.replace(/^##\[\w+\]/, "")).slice(-shownLines),
    error: firstError(written.join("\n"))
  };
}
var timed = /^\uFEFF?(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z (?<text>.*)$/;
function during(time2, began, ended) {
  if (time2 === void 0) return true;
  const second = (text) => text.slice(0, "yyyy-mm-ddThh:mm:ss".length);
  if (began !== void 0 && time2 < second(began)) return false;
  return ended === void 0 || time2 <= second(ended);
}
async function tailOf(log2) {
  let tail = "";
  for await (const chunk of log2.setEncoding("utf8")) {
    tail = (tail + chunk).slice(-longestTail);
  }
  return tail;
}

// actions/slack-notify/src/look-up/jobs.ts
async function fetchJobs({ rest, repository }, { runId, attempt }, signal) {
  const { data } = await rest.actions.listJobsForWorkflowRun({
    ...repository,
    run_id: runId,
    filter: "latest",
    per_page: 100,
    request: { signal }
  });
  return summariseJobs(data.jobs, attempt);
}
function summariseJobs(jobs, attempt) {
  const again = jobs.filter(({ run_attempt = attempt }) => run_attempt === attempt);
  const times = again.flatMap(({ started_at }) => started_at ? [Date.parse(started_at)] : []);
  return {
    began: times.length === 0 ? void 0 : new Date(Math.min(...times)),
    failed: jobs.filter(failed).map((job) => {
      const step = job.steps?.find(failed);
      const url = job.html_url ?? "";
      return {
        id: job.id,
        job: job.name,
        step: step?.name,
        url: step === void 0 ? url : `${url}#step:${step.number}:1`,
        stepBegan: step?.started_at ?? void 0,
        stepEnded: step?.completed_at ?? void 0
      };
    })
  };
}
function failed({ conclusion }) {
  return conclusion === "failure" || conclusion === "timed_out";
}

// actions/slack-notify/src/look-up/past-runs.ts
var page2 = 30;
async function fetchRecords({ rest, repository }, environment, { runId, attempt }, signal) {
  const { data } = await rest.repos.listDeployments({
    ...repository,
    environment,
    task: recordTask,
    per_page: page2,
    request: { signal }
  });
  const records = data.toSorted((one, other) => other.id - one.id).flatMap(({ id, payload: payload2 }) => {
    const read = recordPayload(payload2);
    return read === void 0 ? [] : [{ id, payload: read }];
  });
  const ofRun = records.filter(({ payload: payload2 }) => payload2.run === runId);
  const own2 = ofRun.find(({ payload: payload2 }) => payload2.attempt === attempt);
  return {
    own: own2,
    earlierAttempt: ofRun.find(({ payload: payload2 }) => payload2.attempt < attempt),
    others: records.filter((record2) => record2 !== own2)
  };
}
async function fetchPast(github, records, { environment, runId }, signal) {
  if (records.others.length === 0)
    return await pastOfDeployments(github, environment, runId, signal);
  const runs = [];
  for (const [from, to] of [
    [0, 1],
    [1, 8],
    [8, page2]
  ]) {
    const some = records.others.slice(from, to);
    const verdicts = await Promise.all(some.map(({ id }) => fetchVerdict(github, id, signal)));
    runs.push(...verdicts.filter((verdict) => verdict !== void 0));
    const green = runs.findIndex(({ colour }) => colour === "green");
    if (green >= 0) return { runs: runs.slice(0, green + 1), complete: true };
  }
  return { runs, complete: records.others.length < page2 - 1 };
}
async function pastOfDeployments(github, environment, runId, signal) {
  const { data } = await github.rest.repos.listDeployments({
    ...github.repository,
    environment,
    per_page: page2,
    request: { signal }
  });
  const verdicts = await Promise.all(
    data.filter(({ task }) => task !== recordTask).toSorted((one, other) => other.id - one.id).map(async ({ id }) => ({ id, verdict: await fetchVerdict(github, id, signal) }))
  );
  const runs = /* @__PURE__ */ new Map();
  for (const { id, verdict } of verdicts) {
    if (verdict === void 0 || verdict.run === String(runId)) continue;
    const key = verdict.run ?? `deployment ${id}`;
    const known = runs.get(key);
    if (known?.colour === "red") continue;
    runs.set(key, verdict);
  }
  const list2 = [...runs.values()];
  const green = list2.findIndex(({ colour }) => colour === "green");
  if (green >= 0) return { runs: list2.slice(0, green + 1), complete: true };
  return { runs: list2, complete: data.length < page2 };
}
async function fetchVerdict({ rest, repository }, id, signal) {
  const { data } = await rest.repos.listDeploymentStatuses({
    ...repository,
    deployment_id: id,
    per_page: page2,
    request: { signal }
  });
  const status = data.toSorted((one, other) => other.id - one.id).find(({ state }) => ["success", "failure", "error"].includes(state));
  if (status === void 0) return void 0;
  const address = status.log_url || status.target_url || "";
  return {
    colour: status.state === "success" ? "green" : "red",
    at: new Date(status.created_at),
    release: /^[\w-]+ (?<release>\w[\w.-]*)$/.exec(status.description)?.groups?.release,
    run: /\/actions\/runs\/(?<run>\d+)/.exec(address)?.groups?.run
  };
}

// actions/slack-notify/src/look-up/lookup.ts
var mostLogs = 2;
var noJobs = { began: void 0, failed: [] };
var noPast = { runs: [], complete: false };
async function lookUp(inputs, context, signal) {
  const problems = [];
  const github = await open2(inputs, context, problems);
  const outcome = outcomeOf(inputs, context);
  const finding = async (wanted, what, ask) => {
    if (!wanted || github === void 0) return void 0;
    try {
      return await ask(github);
    } catch (error3) {
      problems.push(`${what}, because GitHub did not tell: ${reasonOf(error3)}`);
      return void 0;
    }
  };
  const finishing = outcome !== void 0;
  const sha2 = inputs.commit ?? context.sha;
  const pushed = sha2 === context.sha ? context.head : void 0;
  const coloured = finishing && colourOf(outcome) !== void 0;
  const [commit, jobs, displaced, { records, past }] = await Promise.all([
    finding(
      pushed === void 0 && sha2 !== "",
      "the message does not say what the commit is about",
      (api) => fetchCommit(api, sha2, signal)
    ),
    finding(
      finishing,
      "the message does not name the step that failed",
      (api) => fetchJobs(api, context, signal)
    ),
    finding(
      finishing,
      "whether another run has waited in vain is not known",
      (api) => fetchDisplaced(api, context, signal)
    ),
    lookUpHistory()
  ]);
  async function lookUpHistory() {
    const found = await finding(
      coloured || inputs.recordOutcome,
      "whether the state of staging changed is not known",
      async (api) => {
        const known = await fetchRecords(api, inputs.environment, context, signal);
        const before = coloured ? await fetchPast(api, known, { ...context, environment: inputs.environment }, signal) : noPast;
        return { records: known, past: before };
      }
    );
    return found ?? {};
  }
  const { began, failed: failed2 } = jobs ?? noJobs;
  return {
    github,
    records,
    problems,
    findings: {
      commit: pushed ?? commit,
      began: began ?? (inputs.message && postedAt(inputs.message)),
      failedSteps: await Promise.all(failed2.map(withLog)),
      transition: finishing && past ? transition(outcome, past, /* @__PURE__ */ new Date()) : void 0,
      lastGood: past && lastGoodRelease(past),
      displaced: displaced ?? [],
      journals: records?.others.find(({ payload: payload2 }) => payload2.journals)?.payload.journals
    }
  };
  async function withLog(job, index) {
    const { job: name2, step, url } = job;
    const ask = (api) => fetchStepLog(api, job, signal).catch(() => void 0);
    const read = await finding(index < mostLogs, "", ask);
    return { job: name2, step, url, log: read?.log ?? [], error: read?.error };
  }
}
async function open2(inputs, context, problems) {
  const { githubToken, phase, commit } = inputs;
  const known = context.head !== void 0 && (commit === void 0 || commit === context.sha);
  if (phase !== "finish" && known && !inputs.recordOutcome) return void 0;
  if (githubToken !== void 0) {
    const { openGitHub } = await import("./client-RGD6KJGH.mjs");
    return openGitHub({ token: githubToken, ...context });
  }
  problems.push("the message says less than it could: input github-token is empty");
  return void 0;
}
function reasonOf(error3) {
  const { status } = error3;
  const text = error3 instanceof Error ? error3.message : String(error3);
  const advice = status === 403 || status === 404 ? "; the job needs the permissions actions: read, contents: read and deployments: read (write to record the outcome)" : "";
  return `${text}${advice}`;
}

// actions/slack-notify/src/notify.ts
var shareOfGitHub = 0.4;
var shareOfRecord = 0.15;
async function notify(inputs, context) {
  const began = performance.now();
  const { timeBudget } = inputs;
  preload(inputs.destination);
  const lookup = await lookUp(
    inputs,
    context,
    deadlineAfter(timeBudget * shareOfGitHub, began).signal
  );
  const { findings, records } = lookup;
  const facts = collectFacts({ inputs, context, findings, now: /* @__PURE__ */ new Date() });
  const broke2 = findings.transition?.kind === "broke";
  const author2 = findings.commit?.login ?? context.actor;
  const mentions = broke2 ? mentionsFor(inputs.mentions, author2) : [];
  const place2 = inputs.message ?? placeIn(records);
  const kept = inputs.recordOutcome ? shareOfRecord : 0;
  const deadline = deadlineAfter(timeBudget * (1 - kept), began);
  const result = await deliver({ inputs, facts, mentions, place: place2, deadline }).catch(
    (error3) => {
      if (error3 instanceof NotDelivered) return { failure: error3 };
      throw error3;
    }
  );
  const delivery = "problems" in result ? result : void 0;
  const now = delivery?.place ?? place2;
  const recorded = await recordOutcome({
    inputs,
    context,
    lookup,
    facts,
    place: now,
    signal: deadlineAfter(timeBudget, began).signal
  });
  return {
    outcome: facts.outcome,
    delivered: delivery !== void 0,
    message: now && formatPlace(now),
    headline: renderMessage(facts, inputs.locale).text,
    failure: "failure" in result ? result.failure : void 0,
    nothing: "nothing" in result ? result.nothing : void 0,
    problems: [...inputs.problems, ...lookup.problems, ...delivery?.problems ?? [], ...recorded]
  };
}
function placeIn(records) {
  const message = records?.own?.payload.message ?? records?.earlierAttempt?.payload.message;
  try {
    return message === void 0 ? void 0 : parsePlace(message);
  } catch {
    return void 0;
  }
}

// actions/slack-notify/src/read/run-context.ts
import { readFileSync } from "node:fs";

// actions/shared/src/requester.ts
function requesterOfRun(environment) {
  const { GITHUB_SERVER_URL = "", GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_ACTOR } = environment;
  const repository = GITHUB_REPOSITORY ?? "unknown";
  const run = GITHUB_RUN_ID ?? "0";
  const runUrl = `${GITHUB_SERVER_URL}/${repository}/actions/runs/${run}`;
  return {
    owner: plain2(`${repository}#${run}`, /[^A-Za-z0-9_.#:@/-]/g, 100),
    actor: plain2(GITHUB_ACTOR ?? "unknown", /[^A-Za-z0-9_.@[\]-]/g, 64),
    runUrl: /^[A-Za-z0-9_.:/?=&%#-]+$/.test(runUrl) ? runUrl : ""
  };
}
function plain2(text, others, length) {
  return text.replaceAll(others, "-").slice(0, length) || "unknown";
}

// actions/slack-notify/src/read/run-context.ts
async function readContext(environment) {
  if (!isReadable(environment.GITHUB_EVENT_PATH)) delete environment.GITHUB_EVENT_PATH;
  const { context } = await import("./github-MHPQAQUP.mjs");
  const [owner = "", repo = ""] = (environment.GITHUB_REPOSITORY ?? "").split("/");
  const workflow = /\/workflows\/(?<file>[\w.-]+\.ya?ml)@/.exec(
    environment.GITHUB_WORKFLOW_REF ?? ""
  );
  return {
    owner,
    repo,
    serverUrl: context.serverUrl,
    apiUrl: context.apiUrl,
    runId: context.runId || 0,
    runNumber: context.runNumber || 0,
    attempt: context.runAttempt || 1,
    sha: context.sha ?? "",
    branch: (context.ref ?? "").replace(/^refs\/(?:heads|tags)\//, ""),
    actor: context.actor ?? "",
    requester: requesterOfRun(environment).owner,
    workflowFile: workflow?.groups?.file,
    head: commitOf(context.payload)
  };
}
function isReadable(path) {
  try {
    JSON.parse(readFileSync(path ?? "", "utf8"));
    return true;
  } catch {
    return false;
  }
}
function commitOf(event) {
  const head = property(event, "head_commit");
  const message = property(head, "message");
  if (typeof message !== "string") return void 0;
  const author2 = property(head, "author");
  const name2 = property(author2, "name");
  const login = property(author2, "username");
  return {
    message,
    author: typeof name2 === "string" ? name2 : "",
    login: typeof login === "string" ? login : void 0
  };
}
function property(value, key) {
  if (typeof value !== "object" || value === null) return void 0;
  return value[key];
}

// actions/slack-notify/src/redact.ts
var shortest = 6;
function redactor(secrets) {
  const parts = secrets.flatMap((secret) => [...maskableParts(secret), ...partsOfAddress(secret)]).flatMap((part2) => [part2, encodeURIComponent(part2), JSON.stringify(part2).slice(1, -1)]).filter((part2) => part2.length >= shortest).sort((one, other) => other.length - one.length);
  return (text) => parts.reduce((rest, part2) => rest.replaceAll(part2, "***"), text);
}
function partsOfAddress(secret) {
  if (!URL.canParse(secret)) return [];
  const { href, pathname, search } = new URL(secret);
  const last = pathname.split("/").at(-1) ?? "";
  return [href, `${pathname}${search}`, pathname, ...last.length >= 16 ? [last] : []];
}

// actions/slack-notify/src/main.ts
async function main() {
  const secrets = secretInputs.map((name2) => readInput(name2)).filter((text) => text !== "");
  mask(secrets.flatMap(maskableParts));
  const redact = redactor(secrets);
  try {
    const report2 = await notify(readInputs(readInput), await readContext(process.env));
    for (const problem2 of report2.problems) warn(redact(problem2));
    await tell(report2, redact);
  } catch (error3) {
    if (error3 instanceof InvalidInput) fail(redact(explain(error3)));
    else await notDelivered(redact(explain(error3)));
  }
}
async function tell(report2, redact) {
  const { outcome, message, headline, failure: failure2, nothing } = report2;
  if (outcome !== void 0) setOutput2("outcome", outcome);
  if (message !== void 0) setOutput2("message", message);
  if (failure2 !== void 0) {
    return await notDelivered(
      redact(`the message was not delivered (${headline}). ${explain(failure2)}`)
    );
  }
  setOutput2("delivered", report2.delivered);
  log(nothing === void 0 ? `delivered to Slack: ${headline}` : `nothing sent: ${nothing}`);
}
async function notDelivered(reason) {
  setOutput2("delivered", false);
  if (isRequired(readInput)) fail(reason);
  else warn(reason);
  try {
    await addToSummary([line(`\u26A0\uFE0F slack-notify: ${reason}`)]);
  } catch {
  }
}

// actions/slack-notify/src/index.ts
process.env.RES_OPTIONS ??= "timeout:1 attempts:2";
await main();
endProcess();
