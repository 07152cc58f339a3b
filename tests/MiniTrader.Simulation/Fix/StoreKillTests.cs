using System.Diagnostics;
using System.Globalization;
using MiniTrader.Fix;
using MiniTrader.FixEcho;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Simulation.Fix;

/// <summary>
/// A process that appends to one store is killed (SIGKILL) again and again, at random points, and started again on the same file. No number that
/// it had spoken of is lost or borne by another message, and the next life goes on where the last one ended.
/// MINITRADER_STORE_KILLS sets how many lives; the ordinary run has <see cref="OrdinaryKills"/>.
/// </summary>
public sealed class StoreKillTests
{
    private const int OrdinaryKills = 50;
    private const int MaxLifeMicroseconds = 8_000;
    private static readonly Timestamp _now = new(1);

    [Fact]
    public void No_sequence_number_is_lost_or_used_twice_however_often_the_process_is_killed()
    {
        int kills = int.TryParse(Environment.GetEnvironmentVariable("MINITRADER_STORE_KILLS"), CultureInfo.InvariantCulture, out int set) ? set : OrdinaryKills;
        string folder = Directory.CreateTempSubdirectory("minitrader-kill-").FullName;
        try
        {
            string path = Path.Combine(folder, "session" + FileMessageStore.Extension);
            SeededRandom random = new(2024);
            long next = 1;
            for (int life = 0; life < kills; life++)
            {
                long last = LiveAndDie(path, (int)random.NextInt64(MaxLifeMicroseconds));
                next = Check(path, Math.Max(last, next - 1), life);

                // A day's end now and then, or the file would fill the disk in thousands of lives.
                if (next <= 20_000) continue;
                File.Delete(path);
                next = 1;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One life: the answer is the last number that the process spoke of, or 0.</summary>
    private static long LiveAndDie(string path, int microseconds)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "MiniTrader.FixEcho.dll");
        ProcessStartInfo start = new("dotnet", [program, "store-writer", path]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_TieredPGO"] = "0";
        using Process process = Process.Start(start)!;
        using Stream output = process.StandardOutput.BaseStream;
        byte[] said = new byte[1 << 16];
        long last = 0;
        int held = 0;
        long killAt = 0;
        while (true)
        {
            int read = output.Read(said, held, said.Length - held);
            if (read == 0) break;
            held += read;
            int whole = held & ~7;
            if (whole > 0) last = BitConverter.ToInt64(said, whole - 8);
            said.AsSpan(whole, held - whole).CopyTo(said);
            held -= whole;
            if (killAt == 0) killAt = Stopwatch.GetTimestamp() + (microseconds * Stopwatch.Frequency / 1_000_000);
            if (Stopwatch.GetTimestamp() >= killAt && !process.HasExited) process.Kill();
        }

        process.WaitForExit();
        Assert.Equal(128 + 9, process.ExitCode);
        return last;
    }

    private static long Check(string path, long last, int life)
    {
        using FileMessageStore store = FileMessageStore.Open(path, _now);
        Assert.True(store.NextSender >= last + 1, $"Life {life}: the process had sent {last}, the store would give out {store.NextSender} again.");
        long sent = store.NextSender - 1;

        // The number expected is stored after the message: a kill between the two leaves the one before.
        Assert.True(
            store.NextTarget == StoreWriter.TargetAfter(sent) || store.NextTarget == Math.Max(1, StoreWriter.TargetAfter(sent - 1)),
            $"Life {life}: {store.NextTarget} expected after {sent} were sent.");
        Span<byte> expected = new byte[StoreWriter.MaxMessageBytes];
        for (long number = 1; number <= sent; number++)
        {
            int length = StoreWriter.Fill(expected, number);
            if (!store.TryGet(number, out ReadOnlySpan<byte> message) || !message.SequenceEqual(expected[..length]))
                Assert.Fail($"Life {life}: message {number} of {sent} is not what was sent.");
        }

        return store.NextSender;
    }
}
