using System.Text;
using System.Text.Unicode;
using PushHost.ServiceInterface.Host;
using PushHost.Wire;
using Sylvan.Data.Csv;

namespace PushHost.ServiceInterface.Devices.Transfer;

/// <summary>Records of comma-separated values (RFC 4180) under a header line with the members' names, in any order and case.</summary>
/// <remarks>Each record is parsed by itself, so that one with a broken quote takes no other with it.</remarks>
internal sealed class CsvLines : ILineParser
{
    private static readonly CsvDataReaderOptions Options = new() { HasHeaders = false, Delimiter = ',' };

    private readonly IReadOnlyList<DeviceColumn> _columns;
    private readonly char[] _buffer;
    private readonly List<string> _fields = [];

    private CsvLines(IReadOnlyList<DeviceColumn> columns, char[] buffer)
    {
        _columns = columns;
        _buffer = buffer;
    }

    /// <summary>Reads the header line.</summary>
    /// <exception cref="RequestException">400: a column is unknown, given twice or missing.</exception>
    public static CsvLines FromHeader(ReadOnlySpan<byte> record)
    {
        // A record that fills the parser's buffer to the last character is refused by it.
        var buffer = new char[RecordReader.MaxRecord + 1024];
        var names = new List<string>();
        var validation = new Validation();
        if (!TryRead(record, buffer, names, validation))
            throw RequestException.Validation("line 1", validation.Errors[0].ErrorCode, $"The header line cannot be read: {validation.Errors[0].Message}");
        return new CsvLines(Columns(names), buffer);
    }

    public ImportLine? Parse(ReadOnlySpan<byte> record, Validation validation)
    {
        if (!TryRead(record, _buffer, _fields, validation))
            return null;
        if (_fields.Count > _columns.Count)
        {
            validation.Add("", "InvalidCsv", $"the line has {_fields.Count} fields, and the header names {_columns.Count}");
            return null;
        }
        var line = new ImportLine();
        for (var i = 0; i < _fields.Count; i++)
        {
            try
            {
                if (_fields[i].Length > 0)
                    _columns[i].Set(line, _fields[i]);
            }
            catch (FormatException error)
            {
                validation.Fault(_columns[i].Name, "InvalidType", error.Message);
            }
        }
        return validation.Errors.Count == 0 ? line : null;
    }

    private static List<DeviceColumn> Columns(List<string> names)
    {
        var known = DeviceColumns.All.Concat(DeviceColumns.ImportOnly).ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase);
        var columns = new List<DeviceColumn>();
        foreach (var name in names.Select(name => name.Trim()))
        {
            if (!known.TryGetValue(name, out var column))
            {
                throw RequestException.Validation(
                    DeviceRules.Short(name), "UnknownMember", $"The header line names '{DeviceRules.Short(name)}', and takes, separated by commas: {string.Join(", ", known.Keys)}");
            }
            if (columns.Contains(column))
                throw RequestException.Validation(column.Name, "Duplicate", $"The header line names {column.Name} twice");
            columns.Add(column);
        }
        foreach (var required in new[] { "provider", "registrationId" })
        {
            if (!columns.Contains(known[required]))
                throw RequestException.Validation(required, "NotEmpty", $"The header line must name {required}");
        }
        return columns;
    }

    private static bool TryRead(ReadOnlySpan<byte> record, char[] buffer, List<string> fields, Validation validation)
    {
        fields.Clear();
        if (!Utf8.IsValid(record))
        {
            validation.Add("", "InvalidText", "the line isn't UTF-8");
            return false;
        }
        try
        {
            using var reader = CsvDataReader.Create(new StringReader(Encoding.UTF8.GetString(record)), buffer, Options);
            if (reader.Read())
            {
                for (var i = 0; i < reader.RowFieldCount; i++)
                    fields.Add(reader.GetString(i));
            }
            if (!reader.Read())
                return true;
            validation.Add("", "InvalidCsv", "the line holds a carriage return outside quotes");
        }
        catch (CsvFormatException error)
        {
            validation.Add("", "InvalidCsv", $"the line isn't CSV: {error.Message}");
        }
        return false;
    }
}
