declare module "*?base64" {
  /** The file's bytes in base64. */
  const text: string;
  export default text;
}
