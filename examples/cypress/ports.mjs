/** Where the application and the pool listen. */
export const APP_PORT = Number(process.env.PORT ?? 3000);
export const POOL_PORT = Number(process.env.POOL_PORT ?? 9229);
