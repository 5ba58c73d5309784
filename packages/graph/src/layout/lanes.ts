/** Numbers the users of each channel in the order in which they first ask: lines of one network share a lane. */
export class Lanes {
  private readonly users = new Map<string, Map<string, number>>();

  order(channel: string, user: string): number {
    let orders = this.users.get(channel);
    if (!orders) {
      orders = new Map();
      this.users.set(channel, orders);
    }
    const present = orders.get(user);
    if (present !== undefined) return present;
    const order = orders.size;
    orders.set(user, order);
    return order;
  }
}
