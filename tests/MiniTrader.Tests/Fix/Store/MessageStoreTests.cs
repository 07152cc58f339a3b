using CsCheck;
using MiniTrader.Fix;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Fix.Store;

/// <summary>Both stores keep the same promises; the one in a file keeps them over a close and an open.</summary>
public sealed class MessageStoreTests
{
    [Fact]
    public void A_new_store_starts_both_numbers_at_one()
    {
        using TemporaryStore temporary = new();
        using FileMessageStore store = temporary.Open();
        Assert.Equal((1, 1, TemporaryStore.Now), (store.NextSender, store.NextTarget, store.CreationTime));
        Assert.False(store.TryGet(1, out _));
    }

    [Fact]
    public void Messages_and_numbers_come_back_when_the_file_is_opened_again()
    {
        using TemporaryStore temporary = new();
        using (FileMessageStore store = temporary.Open())
        {
            for (long n = 1; n <= 1_000; n++)
            {
                store.AppendSent(TemporaryStore.MessageOf(n));
                store.SetNextTarget(n + 7);
            }
        }

        using FileMessageStore again = FileMessageStore.Open(temporary.Path, new Timestamp(5));
        Assert.Equal((1_001, 1_007, TemporaryStore.Now), (again.NextSender, again.NextTarget, again.CreationTime));
        for (long n = 1; n <= 1_000; n++)
        {
            Assert.True(again.TryGet(n, out ReadOnlySpan<byte> message));
            Assert.True(message.SequenceEqual(TemporaryStore.MessageOf(n)));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void More_messages_than_the_index_names_are_all_found_and_those_cut_off_are_not(bool isFile)
    {
        using TemporaryStore temporary = new();
        using MessageStore store = isFile ? temporary.Open() : new MemoryMessageStore(TemporaryStore.Now, MemoryMessageStore.MaxBytes);
        const long before = 300_000, cutTo = 299_990, after = 700_000;
        Span<byte> message = stackalloc byte[9];
        for (long n = 1; n <= before; n++) Append(store, message, n, 'a');
        store.SetNextSender(cutTo);
        for (long n = cutTo; n <= after; n++) Append(store, message, n, 'b');
        Assert.Equal(after + 1, store.NextSender);
        Check(store, 1, 'a');
        for (long n = cutTo - 5; n < before + 5; n++) Check(store, n, n < cutTo ? 'a' : 'b');
        for (long n = after; n > 0; n -= 997) Check(store, n, n < cutTo ? 'a' : 'b');
        Assert.False(store.TryGet(after + 1, out _));

        static void Append(MessageStore store, Span<byte> message, long number, char letter)
        {
            BitConverter.TryWriteBytes(message, number);
            message[8] = (byte)letter;
            store.AppendSent(message);
        }

        static void Check(MessageStore store, long number, char letter)
        {
            Assert.True(store.TryGet(number, out ReadOnlySpan<byte> found), $"Message {number} is not there.");
            Assert.Equal((number, letter), (BitConverter.ToInt64(found), (char)found[8]));
        }
    }

    [Fact]
    public void Half_a_million_messages_take_no_managed_memory()
    {
        MemoryMessageStore store = new(TemporaryStore.Now, MemoryMessageStore.MaxBytes);
        byte[] message = new byte[100];
        store.AppendSent(message);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 500_000; i++) store.AppendSent(message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_192);
    }

    [Fact]
    public void A_reset_forgets_everything_and_keeps_its_time()
    {
        using TemporaryStore temporary = new();
        Timestamp later = TemporaryStore.Now + Timestamp.NanosecondsPerDay;
        using (FileMessageStore store = temporary.Open())
        {
            store.AppendSent([1, 2, 3]);
            store.SetNextTarget(9);
            store.Reset(later);
            Assert.Equal((1, 1, later), (store.NextSender, store.NextTarget, store.CreationTime));
            store.AppendSent([4]);
        }

        using FileMessageStore again = temporary.Open();
        Assert.Equal((2, 1, later), (again.NextSender, again.NextTarget, again.CreationTime));
        Assert.True(again.TryGet(1, out ReadOnlySpan<byte> message));
        Assert.Equal([4], message.ToArray());
    }

    [Fact]
    public void A_number_set_forward_leaves_a_gap_and_a_number_set_back_takes_the_later_messages_away()
    {
        using TemporaryStore temporary = new();
        using (FileMessageStore store = temporary.Open())
        {
            store.AppendSent([1]);
            store.SetNextSender(1_000_000);
            store.AppendSent([2]);
            store.SetNextSender(1_000_005);
            store.AppendSent([3]);
            store.SetNextSender(1_000_001);
        }

        using FileMessageStore again = temporary.Open();
        Assert.Equal(1_000_001, again.NextSender);
        Assert.True(again.TryGet(1, out _));
        Assert.False(again.TryGet(2, out _));
        Assert.True(again.TryGet(1_000_000, out ReadOnlySpan<byte> message));
        Assert.Equal([2], message.ToArray());
        Assert.False(again.TryGet(1_000_005, out _));
    }

    [Fact]
    public void A_message_larger_than_all_the_room_there_is_fits()
    {
        using TemporaryStore temporary = new();
        byte[] large = new byte[MessageStore.MaxMessageBytes];
        Random.Shared.NextBytes(large);
        using (FileMessageStore store = temporary.Open())
        {
            store.AppendSent(large);
            store.AppendSent([1]);
            Assert.Throws<ArgumentOutOfRangeException>(() => store.AppendSent(new byte[MessageStore.MaxMessageBytes + 1]));
            Assert.Throws<ArgumentOutOfRangeException>(() => store.AppendSent([]));
            Assert.Throws<ArgumentOutOfRangeException>(() => store.SetNextSender(0));
            Assert.Throws<ArgumentOutOfRangeException>(() => store.SetNextTarget(0));
        }

        using FileMessageStore again = temporary.Open();
        Assert.True(again.TryGet(1, out ReadOnlySpan<byte> message));
        Assert.True(message.SequenceEqual(large));
        Assert.Equal(3, again.NextSender);
    }

    [Fact]
    public void Two_stores_cannot_hold_one_file()
    {
        using TemporaryStore temporary = new();
        using FileMessageStore store = temporary.Open();
        IOException refused = Assert.Throws<IOException>(temporary.Open);
        Assert.Contains("another process may hold it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Appending_within_the_room_allocates_nothing()
    {
        using TemporaryStore temporary = new();
        using FileMessageStore store = temporary.Open();
        byte[] message = new byte[20];
        for (int i = 0; i < 10; i++)
        {
            store.AppendSent(message);
            store.SetNextTarget(i + 1);

            // The first search of all makes the framework's comparer.
            store.TryGet(i + 1, out _);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 500; i++)
        {
            store.AppendSent(message);
            store.SetNextTarget(i + 1);
            store.TryGet(i + 1, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Any sequence of calls, with the file closed and opened in between, does what a dictionary and two numbers do.</summary>
    [Fact]
    public void Both_stores_behave_like_a_dictionary()
    {
        Gen<(int, long)[]> calls = Gen.Select(Gen.Int[0, 5], Gen.Long[1, 200]).Array[0, 60];
        calls.Sample(
            steps =>
            {
                using TemporaryStore temporary = new();
                FileMessageStore file = temporary.Open();
                MemoryMessageStore memory = new(TemporaryStore.Now);
                Dictionary<long, byte[]> model = [];
                long sender = 1, target = 1;
                foreach ((int call, long number) in steps)
                {
                    switch (call)
                    {
                        case 0 or 1:
                            byte[] message = TemporaryStore.MessageOf(number);
                            file.AppendSent(message);
                            memory.AppendSent(message);
                            model[sender++] = message;
                            break;
                        case 2:
                            file.SetNextSender(number);
                            memory.SetNextSender(number);
                            foreach (long n in model.Keys.Where(n => n >= number).ToList()) model.Remove(n);
                            sender = number;
                            break;
                        case 3:
                            file.SetNextTarget(number);
                            memory.SetNextTarget(number);
                            target = number;
                            break;
                        case 4:
                            file.Dispose();
                            file = temporary.Open();
                            break;
                        default:
                            if (number > 20) break;
                            file.Reset(new Timestamp(number));
                            memory.Reset(new Timestamp(number));
                            model.Clear();
                            sender = target = 1;
                            break;
                    }
                }

                Assert.Equal((sender, target), (file.NextSender, file.NextTarget));
                Assert.Equal((sender, target, file.CreationTime), (memory.NextSender, memory.NextTarget, memory.CreationTime));
                for (long n = 1; n <= 400; n++)
                {
                    bool known = model.TryGetValue(n, out byte[]? expected);
                    Assert.Equal(known, file.TryGet(n, out ReadOnlySpan<byte> a));
                    Assert.Equal(known, memory.TryGet(n, out ReadOnlySpan<byte> b));
                    Assert.True(a.SequenceEqual(expected) && b.SequenceEqual(expected));
                }

                file.Dispose();
            },
            iter: 80,
            threads: 1);
    }

    [Fact]
    public void A_full_memory_store_gives_up_the_older_half_and_no_more()
    {
        const int bound = 2 * MemoryMessageStore.FirstBytes;
        MemoryMessageStore store = new(TemporaryStore.Now, bytesMax: bound);
        byte[] message = new byte[500];
        for (int i = 1; i <= 3_000; i++)
        {
            message.AsSpan().Fill((byte)i);
            store.AppendSent(message.AsSpan(0, 100 + (i % 400)));
            if (i % 37 != 0) continue;
            int kept = 0;
            for (int number = i; number > 0 && store.TryGet(number, out ReadOnlySpan<byte> found); number--, kept++)
            {
                Assert.Equal(100 + (number % 400), found.Length);
                Assert.Equal(-1, found.IndexOfAnyExcept((byte)number));
            }

            for (int number = i - kept; number > Math.Max(0, i - kept - 50); number--) Assert.False(store.TryGet(number, out _));
            if (i > 500) Assert.InRange(kept, (bound / 2 / 520) - 1, bound / 100);
        }

        Assert.Equal(3_001, store.NextSender);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryMessageStore(TemporaryStore.Now, bytesMax: MemoryMessageStore.FirstBytes));
    }
}
