/** Cypress runs this before each file of tests. */
import { addPoolCommands } from 'cognito-local-pool/cypress/commands';

addPoolCommands();
beforeEach(() => {
  cy.resetPool();
});
