using System.Globalization;
using System.Text.Json.Nodes;
using ChaosHarness.SystemFiles.Schemas;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Forms;

/// <summary>A number within bounds.</summary>
internal sealed class NumberForm(double least, double most) : Form<double>
{
    public bool IsWhole { get; init; }

    public override bool TryRead(YamlNode node, Reading reading, out double value)
    {
        value = 0;
        if (node is YamlText text && double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value >= least && value <= most && (!IsWhole || value == Math.Floor(value)))
        {
            return true;
        }

        reading.Mistakes.Add(node.At, string.Create(CultureInfo.InvariantCulture, $"{node.Kind} is no {(IsWhole ? "whole " : "")}number from {least} to {most}."));
        return false;
    }

    public override JsonObject Schema(SchemaWriter schema) => new() { ["type"] = IsWhole ? "integer" : "number", ["minimum"] = least, ["maximum"] = most };
}
