// What `npm test` runs: the tests as scripts/test.mjs has bundled them.
export default {
	files: ['generated/tests/**/*.js', '!generated/tests/chunks/**'],
	nodeArguments: ['--enable-source-maps'],
	workerThreads: false,
	timeout: '5m',
};
