import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { api } from './api.ts';

export default defineConfig({ plugins: [svelte(), api()] });
