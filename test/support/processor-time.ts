/** Of the processor and not by the clock: others may have the machine, which is no trait of the code. */
export function processorTime(): { readonly ms: () => number } {
  const began = process.cpuUsage();
  return {
    ms: () => {
      const { user, system } = process.cpuUsage(began);
      return (user + system) / 1_000;
    },
  };
}
