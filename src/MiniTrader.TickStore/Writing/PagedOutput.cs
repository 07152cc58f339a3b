using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MiniTrader.TickStore;

/// <summary>
/// A file that is written in whole large pages at their boundaries. The system's file cache keeps what comes in one such write as one page, which a
/// reader's mapping then takes in at once instead of in 512 small ones. Owned and called by one thread.
/// </summary>
internal sealed unsafe class PagedOutput : IDisposable
{
    private SafeFileHandle? _handle;
    private byte* _page;
    private int _held;
    private bool _isBroken;

    public PagedOutput(string path)
    {
        Path = path;
        _handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None);
    }

    ~PagedOutput() => NativeMemory.Free(_page);

    public string Path { get; }

    /// <summary>Bytes so far, those included that wait.</summary>
    public long Offset { get; private set; }

    /// <summary>Memory taken.</summary>
    public long HeldBytes => _page == null ? 0 : MemoryAdvice.LargePageBytes;

    /// <exception cref="IOException">The bytes, or some ahead of them, cannot be written; every later call throws again.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        ThrowIfBroken();
        while (!bytes.IsEmpty)
        {
            int room = MemoryAdvice.LargePageBytes - (int)(Offset % MemoryAdvice.LargePageBytes);
            int taken = Math.Min(room, bytes.Length);

            // Whole pages need not be gathered.
            if (taken == MemoryAdvice.LargePageBytes) WriteAt(bytes[..taken], Offset);
            else Hold(bytes[..taken]);
            Offset += taken;
            if (taken == room) WriteHeld();
            bytes = bytes[taken..];
        }
    }

    /// <summary>Writes what waits, and gives its memory back.</summary>
    /// <exception cref="IOException">As for <see cref="Write"/>.</exception>
    public void Flush()
    {
        ThrowIfBroken();
        WriteHeld();
        NativeMemory.Free(_page);
        _page = null;
    }

    /// <summary>Gives the system's handle back; the next write opens the file again.</summary>
    public void Suspend()
    {
        _handle?.Dispose();
        _handle = null;
    }

    /// <summary>Behind a write that failed: what is missing could not be told from what is there, so that the file cannot be gone on with.</summary>
    public void ThrowIfBroken()
    {
        if (_isBroken) throw new IOException($"{Path} is incomplete, because writing it failed before. Write it again from its beginning.");
    }

    /// <summary>Closes the file; bytes that wait are dropped, as a file that was not finished is.</summary>
    public void Dispose()
    {
        Suspend();
        NativeMemory.Free(_page);
        _page = null;
        _held = 0;
        GC.SuppressFinalize(this);
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        if (_page == null) _page = (byte*)NativeMemory.Alloc(MemoryAdvice.LargePageBytes);

        // SAFETY: bytes end at the next boundary at the latest, and what is held began at the one before it or behind that.
        bytes.CopyTo(new Span<byte>(_page + _held, MemoryAdvice.LargePageBytes - _held));
        _held += bytes.Length;
    }

    private void WriteHeld()
    {
        if (_held == 0) return;
        WriteAt(new ReadOnlySpan<byte>(_page, _held), Offset - _held);
        _held = 0;
    }

    private void WriteAt(ReadOnlySpan<byte> bytes, long offset)
    {
        _isBroken = true;
        _handle ??= File.OpenHandle(Path, FileMode.Open, FileAccess.Write, FileShare.None);
        RandomAccess.Write(_handle, bytes, offset);
        _isBroken = false;
    }
}
