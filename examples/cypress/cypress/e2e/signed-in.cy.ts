/** Tests that begin signed in, and one of the form. */
it('greets alice, who has not filled in the form', () => {
  cy.signInAs('alice');
  cy.visit('/');
  cy.get('h1').should('have.text', 'Hello, alice');
});

it('signs her out when her token has expired', () => {
  cy.signInAs('alice');
  cy.advancePoolClock(2 * 3_600_000);
  cy.visit('/');
  cy.get('[role=alert]').should('have.text', 'ACCESS_TOKEN_REFUSED');
});

it('takes the code that bob got', () => {
  cy.visit('/');
  cy.get('[name=username]').type('bob');
  cy.get('[name=password]').type('Correct-Horse-9{enter}');
  cy.get('h1').should('have.text', 'Enter the code');
  cy.poolOutbox().then((messages) => {
    cy.get('[name=code]').type(`${messages.at(-1)?.code}{enter}`);
  });
  cy.get('h1').should('have.text', 'Hello, bob');
});
