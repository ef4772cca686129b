/** How much more work (about one look at a pair of words each) a comparison may do. Spent work is never given back. */
export interface Budget {
  left: number;
  spent: number;
  /** Whether some part was given up for want of budget. */
  exhausted: boolean;
}

/** A budget of so many looks at pairs of words. */
export function budgetOf(limit: number): Budget {
  return { left: limit, spent: 0, exhausted: false };
}

/** Takes work off a budget; false when there was not enough left, and then the work should not be done. */
export function spend(budget: Budget, work: number): boolean {
  if (budget.left < work) {
    budget.exhausted = true;
    return false;
  }
  budget.left -= work;
  budget.spent += work;
  return true;
}
