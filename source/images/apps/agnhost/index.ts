import connect from './connect.js';
import entrypointTester from './entrypoint-tester.js';
import fakeGitserver from './fake-gitserver.js';
import liveness from './liveness.js';
import netexec from './netexec/netexec.js';
import pause from './pause.js';
import porter from './porter.js';
import resolver from './resolver.js';
import serveHostname from './serve-hostname.js';
import testWebserver from './test-webserver.js';
import type {Subcommand} from './subcommand.js';

export default [
	connect,
	...resolver,
	entrypointTester,
	fakeGitserver,
	liveness,
	netexec,
	pause,
	porter,
	serveHostname,
	testWebserver,
] satisfies readonly Subcommand[];
