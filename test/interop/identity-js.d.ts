/** Types for parts of amazon-cognito-identity-js that have none. */
declare module 'amazon-cognito-identity-js/lib/AuthenticationHelper.js' {
  const module: { readonly default: new (poolName: string) => object };
  export default module;
}
declare module 'amazon-cognito-identity-js/lib/BigInteger.js' {
  class BigInteger {
    constructor(digits: string, radix: number);
    toString(radix: number): string;
  }
  const module: { readonly default: typeof BigInteger };
  export default module;
}
declare module 'amazon-cognito-identity-js/lib/utils/WordArray.js' {
  class WordArray {
    constructor(words: number[], length: number);
    random(length: number): WordArray;
    toString(): string;
  }
  const module: { readonly default: typeof WordArray };
  export default module;
}
