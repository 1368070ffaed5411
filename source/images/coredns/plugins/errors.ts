import type {Plugin} from '../plugin.js';

/** Logs what went wrong further down the chain. */
const errors: Plugin<null> = {
	name: 'errors',
	setup: () => null,
	serve(_, query, server, next) {
		const answer = next(query);
		if (answer.error) server.log(`[ERROR] plugin/errors: 2 ${query.name} ${query.type}: ${answer.error}`);
		return answer;
	},
};

export default errors;
