import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { api } from './api.ts';

export default defineConfig({ plugins: [vue(), api()] });
