using MiniTrader.Fix;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Fix.Store;

/// <summary>
/// The file cut off at every byte and changed at every byte: what is read is always a state that the store was in, the last one that
/// is whole, or the file is refused. A number is never given out for a second message.
/// </summary>
public sealed class TornStoreTests
{
    private const int Messages = 5;

    // The states of the store after each call, and how long the file's content was then.
    private sealed record State(long End, long Sender, long Target);

    [Fact]
    public void A_file_cut_at_any_byte_comes_back_as_the_last_whole_state()
    {
        using TemporaryStore temporary = new();
        List<State> states = Write(temporary);
        byte[] whole = File.ReadAllBytes(temporary.Path);
        for (int length = StoreFileHeaderBytes; length <= states[^1].End + 40; length++)
        {
            File.WriteAllBytes(temporary.Path, whole[..length]);
            CheckThatItReads(temporary, states.Last(s => s.End <= length), $"cut at {length}");
        }
    }

    [Fact]
    public void A_file_that_ends_in_noise_comes_back_as_the_last_whole_state()
    {
        using TemporaryStore temporary = new();
        List<State> states = Write(temporary);
        byte[] whole = File.ReadAllBytes(temporary.Path);
        SeededRandom random = new(7);
        for (int length = StoreFileHeaderBytes; length <= states[^1].End; length++)
        {
            byte[] torn = [.. whole[..length], .. new byte[200]];
            for (int i = length; i < torn.Length; i++) torn[i] = (byte)random.NextUInt64();
            if (torn[length] == whole[length]) torn[length]++;
            File.WriteAllBytes(temporary.Path, torn);
            CheckThatItReads(temporary, states.Last(s => s.End <= length), $"noise from {length}");
        }
    }

    [Fact]
    public void A_byte_changed_anywhere_is_cut_off_at_the_end_and_refused_in_the_middle()
    {
        using TemporaryStore temporary = new();
        List<State> states = Write(temporary);
        byte[] whole = File.ReadAllBytes(temporary.Path);
        SeededRandom random = new(11);
        State last = states[^1], beforeLast = states[^2];
        int refused = 0;
        for (int at = 0; at < last.End; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= (byte)(1 + random.NextInt64(255));
            File.WriteAllBytes(temporary.Path, changed);
            if (at >= beforeLast.End)
            {
                // The filling after a record's last byte belongs to no record: a change there is found and undone or does not matter.
                using FileMessageStore store = temporary.Open();
                Assert.True(store.NextSender == beforeLast.Sender || store.NextSender == last.Sender, $"byte {at}");
                continue;
            }

            try
            {
                using FileMessageStore store = temporary.Open();
                CheckContent(store, last, $"byte {at}");
            }
            catch (StoreDamagedException e)
            {
                Assert.Contains(temporary.Path, e.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.True(refused > beforeLast.End * 9 / 10, $"{refused} of {beforeLast.End}");
    }

    [Fact]
    public void A_file_shorter_than_its_head_is_refused_and_an_empty_one_is_new()
    {
        using TemporaryStore temporary = new();
        Write(temporary);
        byte[] whole = File.ReadAllBytes(temporary.Path);
        for (int length = 1; length < StoreFileHeaderBytes; length++)
        {
            File.WriteAllBytes(temporary.Path, whole[..length]);
            Assert.Throws<StoreDamagedException>(temporary.Open);
        }

        File.WriteAllBytes(temporary.Path, []);
        using FileMessageStore store = temporary.Open();
        Assert.Equal(1, store.NextSender);
    }

    private const int StoreFileHeaderBytes = 64;

    private static List<State> Write(TemporaryStore temporary)
    {
        List<State> states = [new(StoreFileHeaderBytes, 1, 1)];
        using FileMessageStore store = temporary.Open();
        long end = StoreFileHeaderBytes;
        for (int i = 1; i <= Messages; i++)
        {
            byte[] message = TemporaryStore.MessageOf(i);
            store.AppendSent(message);
            states.Add(new(end + 24 + message.Length, store.NextSender, store.NextTarget));
            end += (24 + message.Length + 7) & ~7;
            store.SetNextTarget(i * 3);
            end += 24;
            states.Add(new(end, store.NextSender, store.NextTarget));
        }

        return states;
    }

    private static void CheckThatItReads(TemporaryStore temporary, State expected, string what)
    {
        using (FileMessageStore store = temporary.Open())
        {
            CheckContent(store, expected, what);
            store.AppendSent(TemporaryStore.MessageOf(expected.Sender));
        }

        // What was cut off stays cut off: the next message follows the last whole one.
        using FileMessageStore again = temporary.Open();
        CheckContent(again, expected with { Sender = expected.Sender + 1 }, what);
    }

    private static void CheckContent(FileMessageStore store, State expected, string what)
    {
        Assert.True((store.NextSender, store.NextTarget) == (expected.Sender, expected.Target), $"{what}: {store.NextSender}, {store.NextTarget} for {expected}");
        for (long n = 1; n < expected.Sender; n++)
        {
            Assert.True(store.TryGet(n, out ReadOnlySpan<byte> message), what);
            Assert.True(message.SequenceEqual(TemporaryStore.MessageOf(n)), what);
        }
    }
}
