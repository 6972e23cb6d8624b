/** Asks after a sign-in from a new device whether the device may replace the second factor. */
import { advance } from '../../../login-page/app.ts';
import { paragraph, textButton } from '../../../login-page/dom.ts';
import { formStep } from '../../../login-page/form.ts';
import type { PageScreen } from '../page.ts';

export const rememberDeviceScreen: PageScreen = (app, _, leaving) => {
  const { texts } = app;
  const { title, instruction, remember, doNotRemember, later } = texts.device;
  return formStep({
    texts,
    heading: title,
    lead: [paragraph(instruction)],
    leaving,
    ways: [
      { way: 'yes', ...remember },
      { way: 'no', ...doNotRemember },
    ],
    working: texts.working.saving,
    onSubmit: ({ way, signal }) => advance(app, signal, () => app.flow.rememberDevice(way === 'yes')),
    // The question comes again at the next visit
    onFailure: () =>
      textButton(later, () => app.go({ name: 'signed-in', notice: texts.notices.deviceNotSetUp }, 'replace')),
  });
};
