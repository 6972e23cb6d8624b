/** Shows the page. */
import { createRoot } from 'react-dom/client';
import { App } from './App';
import './page.css';

const main = document.querySelector('main');
if (main) createRoot(main).render(<App />);
