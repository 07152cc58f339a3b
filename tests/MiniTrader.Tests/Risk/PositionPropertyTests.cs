using CsCheck;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using Xunit;

namespace MiniTrader.Tests.Risk;

/// <summary>
/// No sequence of orders, replaces and cancels that the gate lets pass can bring the position beyond its limit, whatever a venue
/// answers and in whichever order: at every step, filling everything on one side and nothing on the other stays inside.
/// </summary>
public sealed class PositionPropertyTests
{
    private const int Limit = 20;

    [Fact]
    public void No_allowed_sequence_can_breach_the_position()
    {
        Gen.Select(Gen.Int[0, 9], Gen.Int[1, 12], Gen.Int[0, 1000]).Array[1, 150].Sample(
            steps =>
            {
                RiskDesk desk = new("max-position=20,max-messages-per-second=off");
                desk.Trade(RiskDesk.Spy, "50");
                Venue venue = new(desk);
                foreach ((int action, int size, int choice) in steps)
                {
                    venue.Step(action, size, choice);
                    if (!IsInside(desk, venue)) return false;
                }

                return true;
            },
            iter: 3000);
    }

    private static bool IsInside(RiskDesk desk, Venue venue)
    {
        long position = desk.Ledger.Total[RiskDesk.Spy].Quantity.Raw / FixedPoint.One;
        return position + venue.Open(OrderSide.Buy) <= Limit && -position + venue.Open(OrderSide.Sell) <= Limit;
    }

    /// <summary>The other end of the wire: what it has been told and may still act on, kept apart from the ledger's own sums.</summary>
    private sealed class Venue(RiskDesk desk)
    {
        private readonly List<Resting> _orders = [];

        public void Step(int action, int size, int choice)
        {
            if (action < 4)
            {
                OrderSide side = action < 2 ? OrderSide.Buy : OrderSide.Sell;
                OrderCommand order = desk.Order(side, $"{size}", "50");
                if (desk.Send(order) == ReasonCode.None) _orders.Add(new Resting(order.ClientOrderId, side, size));
                return;
            }

            if (_orders.Count == 0) return;
            Resting resting = _orders[choice % _orders.Count];
            switch (action)
            {
                case 4 or 5:
                    OrderCommand replace = RiskDesk.Replace(resting.Id, $"{resting.Filled + size}", "50");
                    if (desk.Send(replace) == ReasonCode.None) resting.Asked.Enqueue(resting.Filled + size);
                    break;
                case 6:
                    Fill(resting, Math.Min(size, resting.Quantity - resting.Filled));
                    break;
                case 7:
                    Fill(resting, resting.Quantity - resting.Filled);
                    break;
                case 8 when resting.Asked.TryDequeue(out int asked):
                    // The venue refuses what is filled already, as a real one does, and sometimes refuses for no reason.
                    if (asked <= resting.Filled || choice % 3 == 0)
                    {
                        desk.Report(resting.Id, ReportKind.ReplaceRejected);
                    }
                    else
                    {
                        resting.Quantity = asked;
                        desk.Report(resting.Id, ReportKind.Replaced, $"{asked}", "50");
                    }

                    break;
                case 9 when desk.Send(RiskDesk.Cancel(resting.Id)) == ReasonCode.None:
                    desk.Report(resting.Id, ReportKind.Cancelled);
                    _orders.Remove(resting);
                    break;
            }
        }

        /// <summary>The most that may still fill on a side, replaces that were asked for and not answered included.</summary>
        public long Open(OrderSide side) =>
            _orders.Where(o => o.Side == side).Sum(o => Math.Max(o.Quantity, o.Asked.DefaultIfEmpty().Max()) - o.Filled);

        private void Fill(Resting resting, int quantity)
        {
            if (quantity <= 0) return;
            resting.Filled += quantity;
            desk.Report(resting.Id, ReportKind.Fill, $"{quantity}", "50");
            if (resting.Filled == resting.Quantity) _orders.Remove(resting);
        }

        private sealed class Resting(ClientOrderId id, OrderSide side, int quantity)
        {
            public ClientOrderId Id => id;

            public OrderSide Side => side;

            public int Quantity { get; set; } = quantity;

            public int Filled { get; set; }

            public Queue<int> Asked { get; } = new();
        }
    }
}
