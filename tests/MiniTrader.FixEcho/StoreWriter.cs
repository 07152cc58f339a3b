using Microsoft.Win32.SafeHandles;
using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.FixEcho;

/// <summary>
/// The process that the store's fault test kills: it appends messages to a store for as long as it lives and says each number on its
/// output once the store has returned for it. Both sequence numbers and every byte of a message follow from the message's number.
/// </summary>
public static class StoreWriter
{
    public static int Run(string path)
    {
        using FileMessageStore store = FileMessageStore.Open(path, new Timestamp(1));

        // The console's own stream says nothing when nobody reads any more, and an orphan would fill the disk; this one throws.
        using FileStream output = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        byte[] message = new byte[MaxMessageBytes];
        Span<byte> said = stackalloc byte[sizeof(long)];
        while (true)
        {
            long number = store.NextSender;
            int length = Fill(message, number);
            store.AppendSent(message.AsSpan(0, length));
            store.SetNextTarget(TargetAfter(number));
            BitConverter.TryWriteBytes(said, number);
            output.Write(said);
        }
    }

    public const int MaxMessageBytes = 2_000;

    /// <summary>The number expected from the other side after our message of this number was sent.</summary>
    public static long TargetAfter(long number) => (3 * number) + 1;

    /// <summary>Writes the message of this number and answers with its length.</summary>
    public static int Fill(Span<byte> message, long number)
    {
        SeededRandom random = new((ulong)number);
        int length = 1 + (int)random.NextInt64(MaxMessageBytes);
        for (int i = 0; i < length; i++) message[i] = (byte)((number * 31) + i);
        return length;
    }
}
