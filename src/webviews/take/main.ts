import '../lib/theme.css';
import { mount } from 'svelte';
import type { FromTakePage, TakePage } from '../../core/protocol/takePage.ts';
import { connect } from '../lib/host.ts';
import App from './App.svelte';

mount(App, { target: document.body, props: { host: connect<FromTakePage, TakePage>() } });
