using System;
using System.Runtime.InteropServices;

namespace Aside.Sapi.Com
{
    [ComImport, Guid("14056581-E16C-11D2-BB90-00C04F8EE6C0"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    public interface ISpDataKey
    {
        void SetData();
        void GetData();
        void SetStringValue();
        [PreserveSig] int GetStringValue([MarshalAs(UnmanagedType.LPWStr)] string name, [MarshalAs(UnmanagedType.LPWStr)] out string value);
        void SetDWORD();
        void GetDWORD();
        [PreserveSig] int OpenKey([MarshalAs(UnmanagedType.LPWStr)] string name, out ISpDataKey key);
        void CreateKey();
        void DeleteKey();
        void DeleteValue();
        void EnumKeys();
        void EnumValues();
    }

    /// <summary>Slots behind GetId (GetCategory to MatchesAttributes) are not called and left off.</summary>
    [ComImport, Guid("14056589-E16C-11D2-BB90-00C04F8EE6C0"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    public interface ISpObjectToken
    {
        // ISpDataKey
        void SetData();
        void GetData();
        void SetStringValue();
        [PreserveSig] int GetStringValue([MarshalAs(UnmanagedType.LPWStr)] string name, [MarshalAs(UnmanagedType.LPWStr)] out string value);
        void SetDWORD();
        void GetDWORD();
        [PreserveSig] int OpenKey([MarshalAs(UnmanagedType.LPWStr)] string name, out ISpDataKey key);
        void CreateKey();
        void DeleteKey();
        void DeleteValue();
        void EnumKeys();
        void EnumValues();
        // ISpObjectToken
        void SetId();
        [PreserveSig] int GetId([MarshalAs(UnmanagedType.LPWStr)] out string id);
    }

    [ComImport, Guid("2D3D3845-39AF-4850-BBF9-40B49780011D"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    public interface ISpObjectTokenCategory
    {
        // ISpDataKey
        void SetData();
        void GetData();
        void SetStringValue();
        void GetStringValue();
        void SetDWORD();
        void GetDWORD();
        void OpenKey();
        void CreateKey();
        void DeleteKey();
        void DeleteValue();
        void EnumKeys();
        void EnumValues();
        // ISpObjectTokenCategory
        [PreserveSig] int SetId([MarshalAs(UnmanagedType.LPWStr)] string id, [MarshalAs(UnmanagedType.Bool)] bool createIfAbsent);
        void GetId();
        void GetDataKey();
        [PreserveSig] int EnumTokens([MarshalAs(UnmanagedType.LPWStr)] string required, [MarshalAs(UnmanagedType.LPWStr)] string optional, out IEnumSpObjectTokens tokens);
        void SetDefaultTokenId();
        void GetDefaultTokenId();
    }

    [ComImport, Guid("06B64F9E-7FDA-11D2-B4F2-00C04F797396"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    public interface IEnumSpObjectTokens
    {
        void Next();
        void Skip();
        void Reset();
        void Clone();
        [PreserveSig] int Item(uint index, out ISpObjectToken token);
        [PreserveSig] int GetCount(out uint count);
    }
}
