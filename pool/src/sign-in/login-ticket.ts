/** The name of what the pool gives the page of managed login in place of tokens. The page imports it too, so it imports nothing. */

/**
 * What the page is asked after the last challenge: to show the ticket to POST /login. It has the form of a challenge that AWS does not
 * have, so that the engine of the page hands it on as one that it does not know.
 */
export const LOGIN_TICKET = 'LOGIN_TICKET';
