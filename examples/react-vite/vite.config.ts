import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { api } from './api.ts';

export default defineConfig({ plugins: [react(), api()] });
