type Drawer = typeof import('./drawn-table.js')['drawTable'];

let drawer: Drawer | undefined;

/** Ink, react and ink-table are more than all the rest of the screen: they are loaded while the learner reads the list of labs. */
export async function loadTableDrawer(): Promise<void> {
	({drawTable: drawer} = await import('./drawn-table.js'));
}

/** Undefined until it is loaded. */
export const drawTable = (): Drawer | undefined => drawer;
