/**
 * A file of the built package, with whatever it remembers. Unit tests load its parts from `build`
 * instead. By a name put together here, as TypeScript would check the built code as well.
 *
 * @param {'Ryze.node' | 'RyzeTrigger.node' | 'clock'} name
 */
const packed = (name) => require(`../../dist/nodes/Ryze/${name}`);

module.exports = { packed };
