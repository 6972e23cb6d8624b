/** Jest runs TypeScript by way of SWC, which leaves the types out. `npm run types` checks them. */
module.exports = {
  transform: { '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' } } }] },
};
