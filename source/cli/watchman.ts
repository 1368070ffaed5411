import {spawn} from 'node:child_process';

/**
 * Who is killed outright (`kill -9`) can put nothing back. A shell of a few hundred kilobytes waits for our end of a pipe to close, and
 * then gives the terminal back in our place.
 */
export function postWatchman(restore: string): {dismiss(): void} {
	const child = spawn(
		'/bin/sh',
		['-c', `trap '' TTOU TTIN; read -r end || { printf %s "$1" >/dev/tty; stty sane </dev/tty; }`, 'sh', restore],
		{
			stdio: ['pipe', 'ignore', 'ignore'],
		},
	);
	// Without a shell on this machine there is none.
	child.on('error', () => {});
	child.stdin.on('error', () => {});
	child.unref();
	(child.stdin as unknown as {unref?: () => void}).unref?.();
	return {dismiss: () => void child.kill('SIGKILL')};
}
