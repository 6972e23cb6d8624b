declare global {
  // biome-ignore lint/style/noNamespace: SvelteKit reads the types from this namespace
  namespace App {
    interface Locals {
      user: { readonly username: string; readonly accessToken: string } | undefined;
    }
  }
}

export {};
