/** What a build says of itself: release version and full commit, `unknown` on a developer's machine. */
export type Build = { version: string; commit: string };

declare const __BUILD__: Build;
declare const __API_PATH__: string;

/** The build this page was made from; Vite writes it in at build time. */
export const pageBuild: Build = __BUILD__;

/** Path of the API on the page's own origin, such as `/api`. */
export const apiPath: string = __API_PATH__;
