import type {Verb} from '../verb.js';
import {env} from './env.js';
import {image} from './image.js';
import {resources} from './resources.js';
import {selector, serviceAccount, subject} from './small.js';

const set: Verb = {
	name: 'set',
	summary: 'Set specific features on objects',
	group: 'Basic Commands (Beginner):',
	usage: 'set SUBCOMMAND',
	flags: [],
	verbs: [env, image, resources, selector, serviceAccount, subject],
};

export default set;
