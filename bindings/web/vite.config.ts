import { defineConfig, type Plugin } from "vite";

/** The worker names the engine's file as well, so both have to call it the same. */
const assetFileNames = "[name][extname]";

/**
 * Makes of an inline worker its text. What Vite makes of it starts the worker by itself, in a way that a page's policy
 * about trusted types does not let pass.
 */
const workerText: Plugin = {
  name: "worker-text",
  enforce: "post",
  transform(code, id) {
    if (!id.endsWith("?worker&inline")) return undefined;
    const [text] =
      /^const jsContent = ".*";$/m.exec(code) ?? this.error("Vite writes inline workers in another way now");
    return { code: `${text}\nexport default jsContent;`, map: null };
  },
};

// One module that defines the element, its worker inside it, and the engine's WebAssembly file.
export default defineConfig({
  base: "./",
  publicDir: "demo",
  plugins: [workerText],
  worker: { format: "iife", rolldownOptions: { output: { assetFileNames } } },
  build: {
    outDir: "../../target/web",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: "src/index.ts",
      output: { entryFileNames: "credstack-eligibility.js", assetFileNames },
    },
  },
});
