namespace ChaosHarness.Tests.Faults;

/// <summary>A disk that is full whenever a test says so, and takes half of a line then.</summary>
internal sealed class FullDisk(Stream inner) : Stream
{
    public bool IsFull { get; set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
        inner.Write(buffer, offset, IsFull ? count / 2 : count);
        if (IsFull)
        {
            inner.Flush();
            throw new IOException("No space left on device");
        }
    }
}
