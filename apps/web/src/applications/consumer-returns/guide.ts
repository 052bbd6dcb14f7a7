/** How to use Consumer Returns, in our own words; the labels it names are those of words.ts. */
export const guide = {
  title: 'Service guide',
  lead: 'Intelligent Consumer Returns brings together what your customers ordered and what they send back. To act for your company at UPS, it needs an authorization by somebody who signs in at UPS.com.',
  parts: [
    {
      title: 'Authorize through UPS.com',
      steps: [
        'Choose Admin, at the upper corner of the landing page. Each company that you manage has a card there.',
        'Choose AUTHENTICATE on the card. You are told what will happen, and for which company, before you leave.',
        'At UPS.com, enter your email or username, tick the box to agree, and choose Continue. Then enter your password and choose Log In.',
        'You come back to the card, which says since when the company is authenticated.',
        'To end it, choose Opt out on the same card. From that moment nothing is done on your behalf any more.',
      ],
    },
    {
      title: 'Set the UPS API License Key',
      steps: [
        'On the card of the company, under API Access, choose UPDATE KEY and enter the key that UPS has given you.',
        'The key is kept encrypted and never shown again. The card tells its last four characters, and when and by whom it was set.',
        'Enter another key to replace it, or remove it where it is no longer needed.',
      ],
    },
    {
      title: 'Find a sales order',
      steps: [
        'On the landing page, choose a company. Its sales orders are listed with the newest first.',
        'Enter how an Order#, Email, Original TrackNo or SKU begins, and choose SEARCH. VIEW ALL brings back the whole list.',
        'Choose the heading Order#, Order Date or Date Added to sort by it, and once more to turn the order round.',
      ],
    },
    {
      title: 'Import sales orders',
      steps: [
        'An admin of the company chooses Import sales orders and a CSV file whose first line names the columns.',
        'The file is checked first, and everything that is wrong with it is told with its line. Nothing is imported until all of it is in order.',
        'A file may come again: what has the same Order# and SKU becomes what the file says, and nothing is there twice.',
      ],
    },
  ],
}
