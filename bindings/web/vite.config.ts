import { defineConfig } from "vite";

/** The worker names the engine's file as well, so both have to call it the same. */
const assetFileNames = "[name][extname]";

// One module that defines the element, its worker inside it, and the engine's WebAssembly file.
export default defineConfig({
  base: "./",
  publicDir: "demo",
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
