using CsCheck;
using MiniTrader.Fix;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>Our names on the wire, there and back; and the memory of executions against a plain set.</summary>
public sealed class ClOrdIdTextTests
{
    [Fact]
    public void Every_name_reads_back_and_is_ours_only() =>
        Gen.Select(Gen.Long[1, long.MaxValue], Gen.Int[0, int.MaxValue]).Sample((order, request) =>
        {
            Span<byte> text = stackalloc byte[ClOrdIdText.BytesMax];
            ClOrdIdText names = new("RUN1");
            ReadOnlySpan<byte> name = text[..names.Write(text, new ClientOrderId(order), request)];
            return names.TryRead(name, out ClientOrderId readOrder, out int readRequest) && readOrder.Value == order && readRequest == request
                && !new ClOrdIdText("RUN2").TryRead(name, out _, out _);
        });

    [Fact]
    public void Every_name_in_the_form_of_a_uuid_is_one_and_reads_back() =>
        Gen.Select(Gen.Long[1, long.MaxValue], Gen.Int[0, (1 << 19) - 1]).Sample((order, request) =>
        {
            Span<byte> text = stackalloc byte[ClOrdIdText.BytesMax];
            ClOrdIdText names = new("RUN1", OrderNaming.Uuid);
            ReadOnlySpan<byte> name = text[..names.Write(text, new ClientOrderId(order), request)];
            string shown = FixText.Show(name);
            return Guid.TryParseExact(shown, "D", out Guid uuid) && uuid.Version == 4 && uuid.Variant is >= 8 and <= 11 && shown == uuid.ToString()
                && names.LengthOf(new ClientOrderId(order), request) == name.Length
                && names.TryRead(name, out ClientOrderId readOrder, out int readRequest) && readOrder.Value == order && readRequest == request
                && !new ClOrdIdText("RUN2", OrderNaming.Uuid).TryRead(name, out _, out _);
        });

    [Theory]
    [InlineData("")]
    [InlineData("1985ca2d-61ef-49f1-bfce-6c39d8462914")]
    [InlineData("not-a-uuid")]
    public void Another_uuid_is_no_name_of_ours(string text) =>
        Assert.False(new ClOrdIdText("RUN1", OrderNaming.Uuid).TryRead(System.Text.Encoding.ASCII.GetBytes(text), out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData("RUN1-")]
    [InlineData("RUN1--")]
    [InlineData("RUN1-A")]
    [InlineData("RUN1-A-")]
    [InlineData("RUN1-0-0")]
    [InlineData("RUN1-a-0")]
    [InlineData("RUN1-ZZZZZZZZZZZZZZ-0")]
    [InlineData("RUN1-A-ZZZZZZZZ")]
    [InlineData("RUN1-A-0-extra")]
    public void What_is_no_name_of_ours_is_told(string text) =>
        Assert.False(new ClOrdIdText("RUN1").TryRead(System.Text.Encoding.ASCII.GetBytes(text), out _, out _));

    [Fact]
    public void A_prefix_is_letters_and_digits()
    {
        Assert.Throws<ArgumentException>(() => new ClOrdIdText(""));
        Assert.Throws<ArgumentException>(() => new ClOrdIdText("A-B"));
        Assert.Throws<ArgumentException>(() => new ClOrdIdText("ABCDEFGHIJKLM"));
        Assert.Equal(6, ClOrdIdText.PrefixOf(Timestamp.Parse("2026-11-22")).Length);
    }

    [Fact]
    public void Executions_are_remembered_as_a_set_of_the_last_ones_remembers_them() =>
        Gen.Int[0, 60].Array[0, 400].Sample(keys =>
        {
            SeenExecutions seen = new(32);
            List<int> model = [];
            foreach (int key in keys)
            {
                bool isNew = !model.Contains(key);
                if (isNew) model.Add(key);
                if (model.Count > 32) model.RemoveAt(0);
                if (seen.Add("O"u8, System.Text.Encoding.ASCII.GetBytes($"E{key}"), 'F') != isNew) return false;
            }

            return true;
        });

    [Fact]
    public void Numbers_stay_numbers_and_texts_become_some()
    {
        Assert.Equal(12345, SeenExecutions.NumberOf("12345"u8));
        Assert.Equal(0, SeenExecutions.NumberOf(""u8));
        Assert.NotEqual(SeenExecutions.NumberOf("E1"u8), SeenExecutions.NumberOf("E2"u8));
        Assert.True(SeenExecutions.NumberOf("0123"u8) > 0);
    }
}
