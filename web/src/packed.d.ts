declare module "*.wasm?packed" {
  /** Base64 of the gzip of the file. */
  const packed: string;
  export default packed;
}
