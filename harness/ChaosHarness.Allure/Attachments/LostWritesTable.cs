using System.Globalization;
using System.Text;
using ChaosHarness.Checkers.Writes;

namespace ChaosHarness.Allure.Attachments;

/// <summary>The lost writes as CSV.</summary>
internal static class LostWritesTable
{
    public static byte[] Write(IEnumerable<LostWrite> writes)
    {
        var text = new StringBuilder("id,acknowledged_s,acknowledged_by\n");
        foreach (var write in writes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Csv.Quote(write.Id.ToString())},{write.Acknowledged.TotalSeconds:0.######},{Csv.Quote(write.By ?? "")}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
