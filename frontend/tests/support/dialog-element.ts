// jsdom has the element but neither opens nor closes it. This keeps the two promises the
// application relies on: `open` tells the truth, and closing fires `close`.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};

HTMLDialogElement.prototype.close = function close() {
  if (!this.open) return;
  this.open = false;
  this.dispatchEvent(new Event('close'));
};
