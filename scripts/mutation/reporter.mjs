/** A reporter of Stryker that says each survivor when it is found, because a part takes minutes, and how far the run is. */
import { relative } from 'node:path';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

class SurvivorReporter {
  #tried = 0;
  #total = 0;

  onMutationTestingPlanReady({ mutantPlans }) {
    this.#total = mutantPlans.length;
  }

  onMutantTested({ status, fileName, location, replacement }) {
    this.#tried += 1;
    const progress = `${this.#tried} of ${this.#total}`;
    if (status === 'Survived' || status === 'NoCoverage') {
      const place = `${relative(process.cwd(), fileName)}:${location.start.line}:${location.start.column}`;
      console.error(`${progress}, ${status}: ${place} ${replacement.replace(/\s+/g, ' ').slice(0, 100)}`);
    } else if (this.#tried % 20 === 0) console.error(progress);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, 'survivors', SurvivorReporter)];
