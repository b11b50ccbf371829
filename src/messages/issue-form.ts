/**
 * The issue form that set-up offers. It sets no label: whoever opens an issue would then begin a ticket, and a stranger would be
 * refused for it.
 */
export const ISSUE_FORM = `name: Ticket for Cooperations
description: A change that Cooperations can plan, write, review and prove.
body:
  - type: textarea
    id: change
    attributes:
      label: What should change
      description: What happens today, and what should happen instead. Name files or commands if you know them.
    validations:
      required: true
  - type: textarea
    id: done
    attributes:
      label: How to tell that it is done
      description: Examples with the right result, one a line. They become the Definition of Done and its tests.
  - type: textarea
    id: limits
    attributes:
      label: What must stay as it is
      description: Interfaces, files or behaviour that the change must not touch.
  - type: markdown
    attributes:
      value: A maintainer starts the work with the label \`coop\`.
`;
