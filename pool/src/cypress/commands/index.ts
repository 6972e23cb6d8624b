/**
 * The entry `cognito-local-pool/cypress/commands`: typed commands for the support file, which runs in the browser.
 *
 * @module cognito-local-pool/cypress/commands
 */
export { addPoolCommands } from '../pool-commands.ts';
