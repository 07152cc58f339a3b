using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools;

[Collection(nameof(AloneInTheProcess))]
public sealed class DbnAllocationTests
{
    [Fact]
    public void Reading_orders_again_allocates_nothing()
    {
        byte[] records = DbnMemory.Load(SharedData.Path("databento/esh4-glbx-mdp3-20231225.mbo.dbn.zst"));
        MarketEvent[] made = new MarketEvent[MboBook.MaxDeltas];
        MboBook book = new();
        Assert.Equal((68_792, 59_588), Read());

        (int Messages, int Deltas) read = default;
        Assert.Equal(0, Allocations.OnceOf(() => read = Read()));
        Assert.Equal((68_792, 59_588), read);
        Assert.Equal(11_217, book.Orders);

        (int, int) Read()
        {
            (int messages, int deltas) = (0, 0);
            DbnMboCursor cursor = new(records);
            while (cursor.MoveNext())
            {
                messages++;
                book.Read(cursor.Current, made, out int count);
                deltas += count;
            }

            Assert.True(cursor.IsAtEnd);
            return (messages, deltas);
        }
    }
}
