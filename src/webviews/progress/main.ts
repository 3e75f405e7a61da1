import '../lib/theme.css';
import { mount } from 'svelte';
import type { FromProgressPage, ToProgressPage } from '../../core/protocol/progressPage.ts';
import { connect } from '../lib/host.ts';
import App from './App.svelte';

mount(App, { target: document.body, props: { host: connect<FromProgressPage, ToProgressPage>() } });
