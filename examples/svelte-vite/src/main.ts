/** Shows the page. */
import { mount } from 'svelte';
import App from './App.svelte';
import './page.css';

const target = document.querySelector('main');
if (target) mount(App, { target });
