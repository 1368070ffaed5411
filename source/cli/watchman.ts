import {spawn} from 'node:child_process';
import {restore} from './restore.js';

const script = `
trap '' TTOU TTIN HUP
read -r end && exit
[ -n "$2" ] && kill -HUP "$2" && sleep 0.3
stty -ixon </dev/tty
printf %s "$1" >/dev/tty
stty sane </dev/tty
`;

/**
 * Who is killed outright (`kill -9`) can put nothing back. A shell of a few hundred kilobytes waits for our end of a pipe to close, and
 * then gives the terminal back in our place. The learner's own editor, if it has the terminal just then, hears of it as it would of a lost
 * line, and keeps what it has not saved in the way it does that. A ctrl-s there must not keep our words from the terminal.
 */
export function postWatchman(editorPid?: number): {dismiss(): void} {
	const child = spawn('/bin/sh', ['-c', script, 'sh', restore, String(editorPid ?? '')], {
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	// Without a shell on this machine there is none.
	child.on('error', () => {});
	child.stdin.on('error', () => {});
	child.unref();
	(child.stdin as unknown as {unref?: () => void}).unref?.();
	return {dismiss: () => void child.kill('SIGKILL')};
}
