import type {Verb} from '../verb.js';
import {currentContext, getContexts, renameContext, setContext, useContext} from './contexts.js';
import {deleter, lister, setCluster, setCredentials} from './entries.js';
import {setProperty, unsetProperty} from './properties.js';
import {view} from './view.js';

const config: Verb = {
	name: 'config',
	summary: 'Modify kubeconfig files',
	group: 'Other Commands:',
	usage: 'config SUBCOMMAND',
	flags: [],
	verbs: [
		currentContext,
		deleter('cluster'),
		deleter('context'),
		deleter('user'),
		lister('clusters'),
		getContexts,
		lister('users'),
		renameContext,
		setProperty,
		setCluster,
		setContext,
		setCredentials,
		unsetProperty,
		useContext,
		view,
	],
};

export default config;
