// One place where blocks are shown (a message, a modal, a home): what is filled in, and what its elements fire.

import { perform } from "./api.js";
import { confirmed } from "./confirm.js";
import { toast } from "./toast.js";

export class Surface {
  /** `container` says to the server where we are; `earlier` are values that a redraw must not lose. */
  constructor(workspace, container, earlier = {}) {
    this.workspace = workspace;
    this.container = container;
    this.earlier = earlier;
    this.values = {};
  }

  /** What the element holds now: kept from before the redraw, else its own beginning. */
  begin(block, element, initial) {
    const kept = this.earlier[block.block_id]?.[element.action_id];
    const value = kept?.type === element.type ? kept : { type: element.type, ...initial };
    this.set(block, element, value);
    return value;
  }

  set(block, element, value) {
    this.values[block.block_id] ??= {};
    this.values[block.block_id][element.action_id] = { type: element.type, ...value };
  }

  /** Fires a block action after its confirmation, if it asks for one; false when the person said no. */
  async fire(block, element, content) {
    if (element.confirm && !(await confirmed(element.confirm, this.workspace))) return false;
    const action = { type: element.type, block_id: block.block_id, action_id: element.action_id, ...content };
    const answer = await perform("act", {
      as: this.workspace.person,
      container: this.container,
      action,
      state: { values: this.values },
    });
    if (!answer.ok) toast(answer.sentence);
    return true;
  }

  /** The options of an external select for what was typed. */
  async options(block, element, typed) {
    const answer = await perform("options", {
      as: this.workspace.person,
      container: this.container,
      block_id: block.block_id,
      action_id: element.action_id,
      value: typed,
    });
    if (answer.ok === false && answer.sentence) toast(answer.sentence);
    return answer;
  }
}
