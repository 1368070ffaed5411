const bold = (text: string) => `\u001b[1m${text}\u001b[0m`;

const sections: ReadonlyArray<readonly [title: string, rows: ReadonlyArray<readonly [keys: string, does: string]>]> = [
	[
		'',
		[
			['h  H', 'This help.'],
			['q  :q  Q  :Q  ZZ', 'Leave.'],
		],
	],
	[
		'MOVING',
		[
			['e  ^E  j  ^N  CR', '*  Forward one line (or N).'],
			['y  ^Y  k  ^K  ^P', '*  Backward one line (or N).'],
			['f  ^F  ^V  SPACE', '*  Forward one screen (or N lines).'],
			['b  ^B  ESC-v', '*  Backward one screen (or N lines).'],
			['z  w', '*  The same; N is how far from now on.'],
			['ESC-SPACE  J', '*  Forward, also past the end of the file.'],
			['d  ^D', '*  Forward half a screen; N is how far from now on.'],
			['u  ^U', '*  Backward half a screen; N is how far from now on.'],
			['RIGHT  LEFT', '*  To the right or left, half a screen (or N columns).'],
			['F', '   Forward, and wait for more, as tail -f; ctrl-c ends it.'],
			['r  ^R  ^L', '   Draw the screen again.'],
		],
	],
	[
		'JUMPING',
		[
			['g  <', '*  To the first line (or line N).'],
			['G  >', '*  To the last line (or line N).'],
			['p  %', '*  To N percent of the file.'],
			['m a', '   Mark the line on top with the letter a.'],
			["' a", "   To that mark;  ''  goes back from a jump."],
		],
	],
	[
		'SEARCHING',
		[
			['/pattern', '   Forward for a line that matches.'],
			['?pattern', '   Backward for one.'],
			['n', '*  Again.'],
			['N', '*  Again in the other direction.'],
			['ESC-u', '   Matches are marked, or not.'],
			['&pattern', '   Only lines that match; &, then RETURN: all again.'],
			['', '   A pattern may begin with  !  (lines that do not match) or  ^R  (plain text).'],
		],
	],
	[
		'FILES',
		[
			[':e file', '   Another file.'],
			[':n', '*  The next of those that were named.'],
			[':p', '*  The one before.'],
			[':x', '*  The first (or the Nth).'],
			['=  ^G  :f', '   Where this is.'],
		],
	],
	[
		'MORE',
		[
			['-letter', '   Turn an option over, such as -i -N -S -R.'],
			['_letter', '   Tell how it stands.'],
			['!command', '   Run a command.'],
			['v', '   Edit the file.'],
			['V', '   Tell the version.'],
		],
	],
];

/** What `h` shows. */
export const helpText = [
	`                   ${bold('SUMMARY OF LESS COMMANDS')}`,
	'',
	'      Commands marked with * may be preceded by a number, N.',
	'      A key preceded by a caret is pressed together with Ctrl.',
	'',
	...sections.flatMap(([title, rows]) => [
		...(title === '' ? [] : [` ${bold(title)}`, '']),
		...rows.map(([keys, does]) => `  ${keys.padEnd(19)}${does}`),
		'',
	]),
].join('\n');
