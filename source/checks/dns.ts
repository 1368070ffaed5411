import type {Check} from './check.js';
import {object} from './shape.js';

const check: Check = {
	name: 'dns',
	params: object('a DNS question and its answer', {}),
	run: () => ({passed: false, found: '', expected: '', look: ''}),
};
export default check;
