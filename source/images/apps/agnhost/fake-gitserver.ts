import {goAnswer} from '../go/answer.js';
import {answerHttp, listenOrEnd} from '../web-server.js';
import type {Subcommand} from './subcommand.js';

const fakeGitserver: Subcommand = {
	name: 'fake-gitserver',
	start: context => listenOrEnd(context, 8000),
	serve: ({machine}, {bytes}) => answerHttp(bytes, () => goAnswer(machine.sim.clock.now(), 'I am a fake git server')),
};

export default fakeGitserver;
