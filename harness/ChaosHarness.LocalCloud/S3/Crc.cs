using System.Buffers.Binary;

namespace ChaosHarness.LocalCloud.S3;

/// <summary>The cyclic redundancy checks that objects are sent with, as S3 writes them.</summary>
internal static class Crc
{
    private static readonly ulong[] Crc32Table = Table(0xEDB88320);
    private static readonly ulong[] Crc32CTable = Table(0x82F63B78);
    private static readonly ulong[] Crc64Table = Table(0x9A6C9329AC4BC9B5);

    public static byte[] Crc32(ReadOnlySpan<byte> content) => Last4(Over(content, Crc32Table, uint.MaxValue));

    public static byte[] Crc32C(ReadOnlySpan<byte> content) => Last4(Over(content, Crc32CTable, uint.MaxValue));

    public static byte[] Crc64Nvme(ReadOnlySpan<byte> content) => Bytes(Over(content, Crc64Table, ulong.MaxValue));

    private static ulong Over(ReadOnlySpan<byte> content, ulong[] table, ulong ones)
    {
        var crc = ones;
        foreach (var octet in content)
        {
            crc = table[(byte)crc ^ octet] ^ (crc >> 8);
        }

        return crc ^ ones;
    }

    private static ulong[] Table(ulong polynomial) => [.. Enumerable.Range(0, 256).Select(octet =>
    {
        var crc = (ulong)octet;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ polynomial;
        }

        return crc;
    })];

    private static byte[] Last4(ulong crc) => Bytes(crc)[4..];

    private static byte[] Bytes(ulong crc)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, crc);
        return bytes;
    }
}
